import { stopOf, tellStop } from '../stops.js';
import { ownerOf, type KnownFirm, type KnownFirms, type People, type Person, type Stage } from '../cast.js';

interface Task {
  id: string;
  stepKey: string;
  titleVi: string;
  titleEn: string;
  escalatedAt: string | null;
  lead: { id: string };
}

type Telling = () => void;

/** The task of this firm is the one that its officer forgets. */
const FORGOTTEN = 'ai-bac';
/** What officers write into the program beside their tasks. */
const PROPOSAL = { firm: 'yangli', day: '2027-02-24' };

const ESCALATION = 'escalation:';

/** Officers work off what lies before them; one forgets a task, until the manager has been told. */
export class Officers {
  private forgotten: 'not_yet' | 'lies_open' | 'done' = 'not_yet';

  constructor(
    private readonly stage: Stage,
    private readonly people: People,
    private readonly firms: KnownFirms,
  ) {}

  async act(day: string): Promise<Telling[]> {
    const told: Telling[] = [];
    if (day === PROPOSAL.day) told.push(await this.takeProposal(this.firms.get(PROPOSAL.firm)!));
    for (const person of [this.people.a, this.people.b, this.people.manager])
      told.push(...(await this.workOff(person, day)));
    return told;
  }

  /** Everything that lies open before the person, told in one line for each kind of task. */
  private async workOff(person: Person, day: string): Promise<Telling[]> {
    const { narrator, program } = this.stage;
    const today = program.clock.startOf(day);
    const tasks = await person.api.all<Task>('/api/v1/reminders?ownerId=me&status=open');
    const done = new Map<string, string[]>();
    const told: Telling[] = [];
    for (const task of tasks.filter(({ stepKey }) => !stepKey.startsWith(ESCALATION))) {
      const firm = [...this.firms.values()].find(({ leadId }) => leadId === task.lead.id)!;
      const title = narrator.language === 'vi' ? task.titleVi : task.titleEn;
      const isForgotten = person === this.people.b && firm.key === FORGOTTEN && this.forgotten !== 'done';
      if (isForgotten && (task.escalatedAt === null || new Date(task.escalatedAt) >= today)) {
        if (this.forgotten === 'not_yet')
          told.push(
            this.line('task_missed', 'forgot', { name: person.name, task: title, firm: firm.firm.shortName }),
          );
        this.forgotten = 'lies_open';
        continue;
      }
      await person.api.post(`/api/v1/reminders/${task.id}/complete`, { outcome: 'reached' });
      done.set(title, [...(done.get(title) ?? []), firm.firm.shortName]);
      if (isForgotten) told.push(await this.reminded(person));
    }
    const lines = [...done].map(([task, firms]) =>
      this.line('task_done', 'did', { name: person.name, task, firms: firms.join(', ') }),
    );
    return [...lines, ...told];
  }

  /** The task that the manager was told of is done at last: what lay before the manager closes by itself. */
  private async reminded(officer: Person): Promise<Telling> {
    const { narrator } = this.stage;
    this.forgotten = 'done';
    const left = await this.people.manager.api.all<Task>('/api/v1/reminders?ownerId=me&status=open');
    const closed = !left.some(({ stepKey }) => stepKey.startsWith(ESCALATION));
    const names = { name: officer.name, manager: this.people.manager.name };
    return () => narrator.detail(narrator.words(closed ? 'escalation_closed' : 'escalation_open', names));
  }

  private line(kind: string, key: string, params: Record<string, unknown>): Telling {
    const { narrator, time } = this.stage;
    const at = time.now();
    return () => narrator.moment(at, kind, narrator.words(key, params));
  }

  /** The lead moves past the stage at which the plan is no longer needed. */
  private async takeProposal(firm: KnownFirm): Promise<Telling> {
    const { narrator, time } = this.stage;
    const { api, name } = ownerOf(this.people, firm);
    await api.post(`/api/v1/leads/${firm.leadId}/stage`, {
      to: 'proposal',
      note: narrator.words('note_proposal'),
    });
    const stop = await stopOf(api, firm);
    return () => {
      narrator.moment(
        time.now(),
        'stage_moved',
        narrator.words('proposal_came', { firm: firm.firm.shortName, name }),
      );
      tellStop(narrator, stop);
    };
  }
}
