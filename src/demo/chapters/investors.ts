import { postForm } from '../api-client.js';
import { ownerOf, PlainFault, type KnownFirm, type KnownFirms, type People, type Stage } from '../cast.js';
import { stopOf, tellStop } from '../stops.js';
import { answerLink, type CaughtMail } from '../mail-catcher.js';

/** What one investor does with a mail, once. */
interface Plan {
  firm: string;
  /** With which of the mails to them, counted from 1. */
  mail: number;
  does: 'interested' | 'not_now' | 'opt_out';
}

const PLANS: readonly Plan[] = [
  { firm: 'korea', mail: 1, does: 'interested' },
  { firm: 'song-ky', mail: 1, does: 'not_now' },
  { firm: 'nordic', mail: 2, does: 'opt_out' },
];
/** Tuesday, four weeks after Tết: when the one who cannot talk now wants to be asked again. */
const ASK_AGAIN_ON = '2027-03-02';

/** Three investors answer their mail: from the links in it, without an account. */
export class Investors {
  private waiting = [...PLANS];

  constructor(
    private readonly stage: Stage,
    private readonly people: People,
    private readonly firms: KnownFirms,
  ) {}

  /** Whoever has got the mail by yesterday acts on it now; answers how to tell it. */
  async act(): Promise<(() => void)[]> {
    const now = this.stage.time.now();
    const told: (() => void)[] = [];
    for (const plan of this.waiting) {
      const firm = this.firms.get(plan.firm)!;
      const mail = this.stage.catcher.mails.filter(({ to }) => to === firm.contact.email)[plan.mail - 1];
      if (!mail || now.getTime() - mail.at.getTime() < 12 * 3_600_000) continue;
      this.waiting = this.waiting.filter((other) => other !== plan);
      told.push(await this.answer(plan, firm, mail));
    }
    return told;
  }

  /** On the day on which one wanted to be asked again, the sleeping lead must be awake. */
  async awake(day: string): Promise<(() => void)[]> {
    if (day !== ASK_AGAIN_ON) return [];
    const { narrator, time } = this.stage;
    const firm = this.firms.get(PLANS.find(({ does }) => does === 'not_now')!.firm)!;
    const lead = await ownerOf(this.people, firm).api.get<{ stage: string }>(`/api/v1/leads/${firm.leadId}`);
    if (lead.stage === 'dormant')
      throw new PlainFault(narrator.words('still_asleep', { firm: firm.firm.shortName }));
    return [
      () => narrator.moment(time.now(), 'woken', narrator.words('awake', { firm: firm.firm.shortName })),
    ];
  }

  private async answer({ does }: Plan, firm: KnownFirm, mail: CaughtMail): Promise<() => void> {
    const { narrator, time } = this.stage;
    if (does === 'opt_out') await this.optOut(mail);
    else if (does === 'not_now') await postForm(answerLink(mail), { answer: does, until: ASK_AGAIN_ON });
    else await postForm(answerLink(mail), { answer: does, text: narrator.words('investor_words') });
    const stop = await stopOf(ownerOf(this.people, firm).api, firm);
    return () => {
      const words = narrator.words(`investor_${does}`, { day: narrator.shortDay(ASK_AGAIN_ON) });
      narrator.moment(time.now(), 'investor', `${firm.firm.shortName}: ${words}`);
      tellStop(narrator, stop);
    };
  }

  /** What a mail program does behind its own button (RFC 8058). */
  private async optOut(mail: CaughtMail): Promise<void> {
    if (!mail.oneClick)
      throw new Error(`The mail "${mail.subject}" cannot be unsubscribed from with one click.`);
    await postForm(mail.oneClick, { 'List-Unsubscribe': 'One-Click' });
  }
}
