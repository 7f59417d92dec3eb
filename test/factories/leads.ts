import type { NewActivity } from '../../src/modules/leads/activities.service.js';
import { ActivitiesService } from '../../src/modules/leads/activities.service.js';
import type { Activity } from '../../src/modules/leads/activity.entity.js';
import type { StageEvidence } from '../../src/modules/leads/lead-stage-change.entity.js';
import { Lead } from '../../src/modules/leads/lead.entity.js';
import { LeadsService, type LeadGiven } from '../../src/modules/leads/leads.service.js';
import { runAs, SYSTEM, type Actor } from '../../src/platform/database/actor.js';
import { newId } from '../../src/platform/database/ids.js';
import type { TestApp } from '../support/harness.js';

export const EVIDENCE: StageEvidence = { kind: 'decision', number: '1520/QĐ-UBND' };

let counter = 0;

/** A firm made by SQL: what the tests of leads need of the directory, and no more. */
export async function bareFirm(t: TestApp, name = `Công ty TNHH Mẫu ${++counter}`): Promise<string> {
  const id = newId();
  await t.db.execute(
    `INSERT INTO firm (id, name, country, sectors, sample, version, created_at, updated_at) VALUES ($1, $2, 'VN', '{}', false, 1, $3, $3)`,
    [id, name, t.clock.now()],
  );
  return id;
}

export async function bareContact(
  t: TestApp,
  firmId: string,
  fullName = `Nguyễn Thị Mẫu ${++counter}`,
): Promise<string> {
  const id = newId();
  await t.db.execute(
    `INSERT INTO contact (id, firm_id, full_name, email, language, is_primary, email_state, sample, version, created_at, updated_at)
     VALUES ($1, $2, $3, $4, 'vi', true, 'ok', false, 1, $5, $5)`,
    [id, firmId, fullName, `contact-${++counter}@sample.test`, t.clock.now()],
  );
  return id;
}

export async function bareCluster(t: TestApp, name = `CCN Mẫu ${++counter}`): Promise<string> {
  const [district, cluster] = [newId(), newId()];
  await t.db.execute(`INSERT INTO planning_district (id, code, name, position) VALUES ($1, $2, $3, 99)`, [
    district,
    `mau-${++counter}`,
    `Huyện Mẫu ${counter}`,
  ]);
  await t.db.execute(
    `INSERT INTO cluster (id, code, name, planning_district_id, status, sectors, is_public, source, version, created_at, updated_at)
     VALUES ($1, $2, $3, $4, 'calling_for_investor', '{}', true, 'thử nghiệm', 1, $5, $5)`,
    [cluster, `ccn-mau-${++counter}`, name, district, t.clock.now()],
  );
  return cluster;
}

export interface LeadOverrides extends Partial<LeadGiven> {
  /** Who opens it; the system when left out, so that it has no owner unless one is named. */
  as?: Actor;
}

/** A secondary investor's lead of a firm of its own, in the stage asked for. */
export async function givenLead(t: TestApp, overrides: LeadOverrides = {}): Promise<Lead> {
  const { as = SYSTEM, ...given } = overrides;
  const firmId = given.firmId ?? (await bareFirm(t));
  const { id } = await runAs(as, () => t.get(LeadsService).create({ kind: 'secondary', ...given, firmId }));
  return leadOf(t, id);
}

export function leadOf(t: TestApp, id: string): Promise<Lead> {
  return t.db.repo(Lead).findOneByOrFail({ id });
}

export function givenActivity(
  t: TestApp,
  leadId: string,
  overrides: Partial<NewActivity> = {},
): Promise<Activity> {
  return t.asSystem(() =>
    t.get(ActivitiesService).log(leadId, { kind: 'call', subject: 'Gọi hỏi nhu cầu', ...overrides }),
  );
}

export function userActor(
  client: { userId: string | null },
  role: 'officer' | 'manager' | 'admin',
  name: string = role,
): Actor {
  return { kind: 'user', id: client.userId, name, role };
}
