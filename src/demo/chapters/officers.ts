import { stopOf, tellStop } from '../stops.js';
import { ownerOf, type KnownFirm, type KnownFirms, type People, type Person, type Stage } from '../cast.js';

interface Task {
  id: string;
  titleVi: string;
  titleEn: string;
  lead: { id: string };
}

type Telling = () => void;

/** The task of this firm is the one that its officer forgets. */
const FORGOTTEN = 'ai-bac';
/** What officers write into the program beside their tasks. */
const PROPOSAL = { firm: 'yangli', day: '2027-02-24' };

/** Officers work off what lies before them; one forgets a task, until the manager has been told. */
export class Officers {
  private managerTold = false;

  constructor(
    private readonly stage: Stage,
    private readonly people: People,
    private readonly firms: KnownFirms,
  ) {}

  async act(day: string): Promise<Telling[]> {
    const told: Telling[] = [];
    if (day === PROPOSAL.day) told.push(await this.takeProposal(this.firms.get(PROPOSAL.firm)!));
    for (const person of [this.people.a, this.people.b, this.people.manager]) told.push(...(await this.workOff(person)));
    this.managerTold = this.stage.catcher.mails.some(({ to }) => to === this.people.manager.email);
    return told;
  }

  /** Everything that lies open before the person; told in one line for each kind of task. */
  private async workOff(person: Person): Promise<Telling[]> {
    const { narrator } = this.stage;
    const tasks = await person.api.all<Task>('/api/v1/reminders?ownerId=me&status=open');
    const done = new Map<string, string[]>();
    for (const task of tasks) {
      const firm = [...this.firms.values()].find(({ leadId }) => leadId === task.lead.id)!;
      if (person === this.people.b && firm.key === FORGOTTEN && !this.managerTold) continue;
      await person.api.post(`/api/v1/reminders/${task.id}/complete`, { outcome: 'reached' });
      const title = narrator.language === 'vi' ? task.titleVi : task.titleEn;
      done.set(title, [...(done.get(title) ?? []), firm.firm.shortName]);
    }
    const at = this.stage.time.now();
    return [...done].map(([task, firms]) => () => {
      narrator.moment(at, 'task_done', narrator.words('did', { name: person.name, task, firms: firms.join(', ') }));
    });
  }

  /** The lead moves past the stage at which the plan is no longer needed. */
  private async takeProposal(firm: KnownFirm): Promise<Telling> {
    const { narrator, time } = this.stage;
    const { api, name } = ownerOf(this.people, firm);
    await api.post(`/api/v1/leads/${firm.leadId}/stage`, { to: 'proposal', note: narrator.words('note_proposal') });
    const stop = await stopOf(api, firm);
    return () => {
      narrator.moment(time.now(), 'stage_moved', narrator.words('proposal_came', { firm: firm.firm.shortName, name }));
      tellStop(narrator, stop);
    };
  }
}
