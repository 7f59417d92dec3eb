import { inboundSignature } from '../../modules/inbox/inbound-signature.rules.js';
import { plusDays } from '../../platform/calendar/days.rules.js';
import { ownerOf, type KnownFirm, type KnownFirms, type People, type Stage } from '../cast.js';
import { Checks } from '../checks.js';
import { answerLink, caseLink, type CaughtMail } from '../mail-catcher.js';
import { carried, Visitor } from '../visitor.js';
import { markAsSamples } from './firms.js';

interface List<T> {
  items: T[];
}

/** What the office sees of what an investor did. */
interface Meeting {
  startsAt: string;
  lead: { id: string };
}

interface Obstacle {
  id: string;
  title: string;
}

interface Entry {
  kind: string;
}

/** From the story's last day, a Friday, to the Monday after. */
const MONDAY = 3;
const READS_AT = '08:10';
const SENDS_AT = '08:20';
const VISITS_AT = '08:25';
const OPENS_AT = '08:30';
const REPLIES_AT = '08:35';

const ENQUIRER = 'hoi@bao-bi-mau.example';
const VISITOR = 'shenzhen';
const CASE_HOLDER = 'korea';
const WRITER = 'merlion';

/** A Monday morning as investors have it: the public pages and their own mail, no account; the office sees each of it at once. */
export class InvestorsSide {
  private readonly monday: string;
  private readonly checks: Checks;

  constructor(
    private readonly stage: Stage,
    private readonly people: People,
    private readonly firms: KnownFirms,
  ) {
    this.monday = plusDays(stage.program.clock.today(), MONDAY);
    this.checks = new Checks(stage.narrator);
  }

  async tell(): Promise<void> {
    const { narrator } = this.stage;
    narrator.chapter('side', { day: narrator.longDay(this.monday) });
    narrator.say('side_intro');
    await this.enquire();
    await this.bookVisit(this.firms.get(VISITOR)!);
    await this.raiseObstacle(this.firms.get(CASE_HOLDER)!);
    await this.reply(this.firms.get(WRITER)!);
    this.checks.conclude('story_broken');
  }

  /** By the page's form, which is not taken from whoever fills it in faster than a person can. */
  private async enquire(): Promise<void> {
    const { narrator, time, program } = this.stage;
    this.at(READS_AT);
    const visitor = this.visitor();
    const form = await visitor.open('/enquiry');
    this.at(SENDS_AT);
    const received = await visitor.send('/enquiry', {
      form: carried(form, 'form'),
      firmName: narrator.words('left_enquiry_firm'),
      fullName: narrator.words('left_enquiry_person'),
      email: ENQUIRER,
      phone: '0912 345 678',
      country: 'VN',
      language: 'vi',
      kind: 'secondary',
      message: narrator.words('left_enquiry_message'),
      website: '',
    });
    await markAsSamples(this.stage);
    await time.work();
    const reference = /YC-\d{4}-\d{6}/.exec(received.html)?.[0] ?? '–';
    const confirmed = this.mailsTo(ENQUIRER).some(({ text }) => text.includes(reference));
    narrator.moment(program.clock.now(), 'side_page', narrator.words('side_enquires'));
    this.checks.that(confirmed, 'side_enquiry_confirmed', { reference, email: ENQUIRER });
  }

  /** The link of the last follow-up still answers; of the officer's free times the first is taken. */
  private async bookVisit(firm: KnownFirm): Promise<void> {
    const { narrator, time } = this.stage;
    this.at(VISITS_AT);
    const link = answerLink(this.mailsTo(firm.contact.email).at(-1)!);
    const visitor = this.visitor();
    await visitor.send(link, { answer: 'visit' });
    const times = await visitor.open(`${link}/visit`);
    await visitor.send(`${link}/visit`, { act: 'book', startsAt: carried(times, 'startsAt') });
    await time.work();
    const { items } = await ownerOf(this.people, firm).api.get<List<Meeting>>(
      `/api/v1/meetings?leadId=${firm.leadId}`,
    );
    narrator.moment(
      time.now(),
      'side_page',
      `${firm.firm.shortName}: ${narrator.words('side_visits', { when: items[0] ? narrator.shortMoment(new Date(items[0].startsAt)) : '–' })}`,
    );
    const invited = this.mailsTo(firm.contact.email).some(({ invitation }) => invitation);
    this.checks.that(items.length === 1 && invited, 'side_visit_booked', {
      officer: ownerOf(this.people, firm).name,
    });
  }

  /** The officer sends the link; the button behind it opens the case of this firm, and of no other. */
  private async raiseObstacle(firm: KnownFirm): Promise<void> {
    const { narrator, time } = this.stage;
    const { api } = ownerOf(this.people, firm);
    this.at(OPENS_AT);
    await api.post(`/api/v1/leads/${firm.leadId}/case-links`, { contactId: firm.contactId });
    await time.work();
    const visitor = this.visitor();
    const link = caseLink(this.mailsTo(firm.contact.email).at(-1)!);
    const opened = await visitor.send(link, { press: carried(await visitor.open(link), 'press') });
    const title = narrator.words('side_obstacle');
    await visitor.send(`${opened.path.split('?')[0]!}/obstacles`, { category: 'infrastructure', title });
    const { items } = await api.get<List<Obstacle>>(`/api/v1/leads/${firm.leadId}/obstacles`);
    narrator.moment(time.now(), 'side_page', `${firm.firm.shortName}: ${narrator.words('side_opens')}`);
    this.checks.that(
      items.some((obstacle) => obstacle.title === title),
      'side_obstacle_raised',
      { obstacle: title },
    );
  }

  /** An ordinary reply, handed over as the agency's mail server would. */
  private async reply(firm: KnownFirm): Promise<void> {
    const { narrator, time } = this.stage;
    this.at(REPLIES_AT);
    await this.handOver(this.replyTo(this.mailsTo(firm.contact.email).at(-1)!, firm));
    await time.work();
    const { items } = await ownerOf(this.people, firm).api.get<List<Entry>>(
      `/api/v1/leads/${firm.leadId}/timeline`,
    );
    narrator.moment(time.now(), 'side_mail', `${firm.firm.shortName}: ${narrator.words('side_replies')}`);
    this.checks.that(
      items.some(({ kind }) => kind === 'mail_received'),
      'side_reply_kept',
    );
  }

  private replyTo(mail: CaughtMail, { contact }: KnownFirm): Buffer {
    const lines = [
      `From: <${contact.email}>`,
      `To: <${mail.replyTo}>`,
      `Message-ID: <reply-1@${contact.email.split('@')[1]!}>`,
      `In-Reply-To: ${mail.messageId}`,
      `Date: ${this.stage.time.now().toUTCString()}`,
      `Subject: =?utf-8?B?${Buffer.from(`Re: ${mail.subject}`).toString('base64')}?=`,
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      this.stage.narrator.words('side_reply_words'),
    ];
    return Buffer.from(lines.join('\r\n'));
  }

  private async handOver(raw: Buffer): Promise<void> {
    const { program, time } = this.stage;
    const timestamp = String(Math.floor(time.now().getTime() / 1000));
    const answer = await fetch(`${program.url}/api/public/v1/inbound-mail`, {
      method: 'POST',
      body: new Uint8Array(raw),
      headers: {
        'content-type': 'message/rfc822',
        'x-inbound-timestamp': timestamp,
        'x-inbound-signature': inboundSignature(timestamp, raw, program.config.inboundMailSecret!),
      },
    });
    if (!answer.ok) throw new Error(`The reply was not taken: ${answer.status} ${await answer.text()}`);
  }

  private at(localTime: string): void {
    const { time } = this.stage;
    time.moveTo(time.moment(this.monday, localTime));
  }

  private visitor(): Visitor {
    const { url, config } = this.stage.program;
    return new Visitor(url, config.appUrl);
  }

  private mailsTo(address: string): CaughtMail[] {
    return this.stage.catcher.mails.filter(({ to }) => to === address);
  }
}
