import type { TestApp } from '../support/harness.js';
import { insertFollowUp } from './generated-follow-up.js';
import { Dice, insert, morning, stamp } from './generator.js';
import { newId } from '../../src/platform/database/ids.js';
import { plusDays } from '../../src/platform/calendar/days.rules.js';

export interface Step {
  to: string;
  /** The local day it happened. */
  on: string;
  /** The local day it was entered. */
  recorded: string;
}

export interface GeneratedLead {
  id: string;
  kind: 'infrastructure' | 'secondary';
  ownerId: string | null;
  source: string;
  roundId: string | null;
  areaHa: number | null;
  jobs: number | null;
  committed: { amount: string; currency: string } | null;
  clusterIds: string[];
  steps: Step[];
  openedOn: string;
  acknowledgedHours: number | null;
  answeredHours: number | null;
}

export interface Generated {
  leads: GeneratedLead[];
  owners: string[];
  clusters: string[];
  rounds: { id: string; startsOn: string; closedOn: string | null }[];
}

const STAGES = {
  infrastructure: [
    'enquiry',
    'qualified',
    'site_visit',
    'proposal',
    'dossier_filed',
    'appraisal',
    'approved',
    'construction',
    'operating',
  ],
  secondary: [
    'enquiry',
    'qualified',
    'site_visit',
    'memorandum',
    'licensing',
    'land_leased',
    'construction',
    'operating',
  ],
} as const;

/** As officers type them; some leads have none. */
const SECTORS = ['Dệt may', 'Điện tử', '100% tre ~ gỗ', null];

export async function generate(t: TestApp, seed: number, count: number): Promise<Generated> {
  const dice = new Dice(seed);
  const today = t.clock.today();
  const owners = await users(t, today);
  const clusters = await fourClusters(t, today);
  const rounds = await threeRounds(t, dice, today, owners);
  const contact = newId();
  const firms = Array.from({ length: Math.ceil(count / 3) }, () => newId());
  await t.db.execute(
    `INSERT INTO firm (id, name, country, sectors, version, created_at, updated_at)
     SELECT id, '=Công ty ' || id, (ARRAY['VN', 'CN', 'KR', 'VN', 'TW'])[1 + place % 5], '{}', 1, $2, $2
       FROM unnest($1::uuid[]) WITH ORDINALITY AS f (id, place)`,
    [firms, morning(plusDays(today, -500))],
  );
  await t.db.execute(
    `INSERT INTO contact (id, firm_id, full_name, language, is_primary, email_state, version, created_at, updated_at)
     VALUES ($1, $2, 'Trần Mẫu', 'vi', true, 'ok', 1, $3, $3)`,
    [contact, firms[0], morning(today)],
  );
  const leads = Array.from({ length: count }, () => oneLead(dice, { today, owners, clusters, rounds }));
  await insertLeads(t, dice, leads, firms);
  await t.db.query(`SELECT rebuild_lead_versions()`);
  await insertFollowUp(t, dice, { leads, rounds, today, contact });
  return { leads, owners, clusters, rounds };
}

async function users(t: TestApp, today: string): Promise<string[]> {
  const rows = ['An', '=Bình', 'Chi'].map((name, index) => ({
    id: newId(),
    name: `Nguyễn ${name}`,
    email: `o${index}@generated.test`,
    email_verified: true,
    role: 'officer',
    language: 'vi',
    must_change_password: false,
    district_ids: [],
    languages: [],
    sample: false,
    ...stamp(plusDays(today, -500)),
  }));
  await insert(t, 'app_user', rows);
  return rows.map(({ id }) => id);
}

/** Two in one planning district, two in two others. */
async function fourClusters(t: TestApp, today: string): Promise<string[]> {
  const districts = [0, 1, 2].map((position) => ({
    id: newId(),
    code: `gen-${position}`,
    name: `Huyện mẫu ${position}`,
    position: 90 + position,
  }));
  await insert(t, 'planning_district', districts);
  const rows = [0, 0, 1, 2].map((district, index) => ({
    id: newId(),
    code: `gen-${index}`,
    name: `CCN mẫu ${index}`,
    district: districts[district]!.id,
  }));
  for (const { id, code, name, district } of rows) {
    await t.db.execute(
      `INSERT INTO cluster (id, code, name, planning_district_id, status, sectors, is_public, source, version, created_at, updated_at)
       VALUES ($1, $2, $3, $4, 'planned', '{}', false, 'generated', 1, $5, $5)`,
      [id, code, name, district, morning(today)],
    );
  }
  return rows.map(({ id }) => id);
}

async function threeRounds(
  t: TestApp,
  dice: Dice,
  today: string,
  owners: string[],
): Promise<Generated['rounds']> {
  const rounds = [-300, -100, -20].map((start) => ({
    id: newId(),
    startsOn: plusDays(today, start),
    closedOn: start === -20 ? null : plusDays(today, start + 10),
  }));
  await insert(
    t,
    'promotion_round',
    rounds.map(({ id, startsOn, closedOn }, index) => ({
      id,
      code: `GEN-${index}`,
      name: `Đợt mẫu ${index}`,
      kind: 'domestic',
      starts_on: startsOn,
      ends_on: plusDays(startsOn, 5),
      ...(index < 2 && { budget_amount: `${dice.int(100, 900)}000000.00`, budget_currency: 'VND' }),
      status: closedOn ? 'closed' : 'running',
      closed_at: closedOn && morning(closedOn),
      owner_id: owners[0],
      sample: false,
      ...stamp(plusDays(startsOn, -10)),
    })),
  );
  return rounds;
}

interface World {
  today: string;
  owners: string[];
  clusters: string[];
  rounds: Generated['rounds'];
}

function oneLead(dice: Dice, { today, owners, clusters, rounds }: World): GeneratedLead {
  const kind = dice.chance(0.3) ? 'infrastructure' : 'secondary';
  const openedOn = plusDays(today, -dice.int(0, 400));
  const fitting = rounds.filter(({ startsOn }) => startsOn <= openedOn);
  const round = dice.chance(0.5) && fitting.length > 0 ? dice.pick(fitting) : null;
  const source = round ? 'round' : dice.pick(['enquiry', 'enquiry', 'officer', 'import']);
  const acknowledgedHours = source === 'enquiry' && dice.chance(0.8) ? dice.int(1, 90) : null;
  return {
    id: newId(),
    kind,
    openedOn,
    source,
    roundId: round?.id ?? null,
    ownerId: dice.chance(0.85) ? dice.pick(owners) : null,
    areaHa: dice.chance(0.6) ? dice.int(10, 7500) / 100 : null,
    jobs: dice.chance(0.5) ? dice.int(5, 3000) : null,
    committed: dice.chance(0.6)
      ? {
          amount: `${dice.int(1, 900_000_000)}.${dice.pick(['00', '25', '07'])}`,
          currency: dice.pick(['VND', 'VND', 'USD', 'CNY']),
        }
      : null,
    clusterIds: clusters.filter(() => dice.chance(0.35)),
    steps: stepsOf(dice, kind, openedOn, today),
    acknowledgedHours,
    answeredHours:
      acknowledgedHours !== null && dice.chance(0.6) ? acknowledgedHours + dice.int(1, 200) : null,
  };
}

/** Forward by one or two stages, sometimes back, sometimes out; a part is entered some days late. */
function stepsOf(dice: Dice, kind: GeneratedLead['kind'], openedOn: string, today: string): Step[] {
  const stages = STAGES[kind];
  const steps: Step[] = [{ to: stages[0], on: openedOn, recorded: openedOn }];
  for (let at = 0, day = openedOn; at < stages.length - 1 && dice.chance(0.75);) {
    day = plusDays(day, dice.int(0, 60));
    if (day > today) break;
    const recorded = [plusDays(day, dice.chance(0.2) ? dice.int(1, 25) : 0), steps.at(-1)!.recorded]
      .sort()
      .at(-1)!;
    if (recorded > today) break;
    const exit = dice.chance(0.15) ? dice.pick(['lost', 'dormant'] as const) : null;
    at = Math.min(stages.length - 1, at + dice.int(1, 2));
    steps.push({ to: exit ?? stages[at]!, on: day, recorded });
    if (exit) break;
  }
  return steps;
}

async function insertLeads(
  t: TestApp,
  dice: Dice,
  leads: readonly GeneratedLead[],
  firms: string[],
): Promise<void> {
  const hoursAfter = (day: string, hours: number | null) =>
    hours === null ? null : new Date(morning(day).getTime() + hours * 3_600_000);
  await insert(
    t,
    'lead',
    leads.map((lead, index) => {
      const { to: stage, on } = lead.steps.at(-1)!;
      const before = lead.steps.at(-2)?.to ?? lead.steps[0]!.to;
      const exited = stage === 'lost' || stage === 'dormant';
      return {
        id: lead.id,
        reference: `CH-2026-9${String(index).padStart(5, '0')}`,
        firm_id: dice.pick(firms),
        kind: lead.kind,
        stage,
        owner_id: lead.ownerId,
        source: lead.source,
        source_round_id: lead.roundId,
        area_ha: lead.areaHa,
        jobs_promised: lead.jobs,
        sector: SECTORS[index % SECTORS.length],
        committed_amount: lead.committed?.amount,
        committed_currency: lead.committed?.currency,
        ...(dice.chance(0.2) && { registered_amount: '1000000.50', registered_currency: 'VND' }),
        stage_since: morning(on),
        opened_at: morning(lead.openedOn),
        last_activity_at: morning(on),
        acknowledged_at: hoursAfter(lead.openedOn, lead.acknowledgedHours),
        answered_at: hoursAfter(lead.openedOn, lead.answeredHours),
        ...(exited && { stage_before_exit: before }),
        ...(stage === 'lost' && { lost_reason: 'land_price' }),
        ...(stage === 'dormant' && { wake_on: '2027-01-01' }),
        sample: false,
        ...stamp(lead.openedOn),
      };
    }),
  );
  await insert(
    t,
    'lead_cluster',
    leads.flatMap(({ id, clusterIds }) =>
      clusterIds.map((cluster_id, position) => ({ lead_id: id, cluster_id, position })),
    ),
  );
  await insert(
    t,
    'lead_stage_change',
    leads.flatMap(({ id, steps }) =>
      steps.map(({ to, on, recorded }, index) => ({
        id: newId(),
        lead_id: id,
        from_stage: steps[index - 1]?.to ?? null,
        to_stage: to,
        on_day: on,
        recorded_at: morning(recorded),
      })),
    ),
  );
}
