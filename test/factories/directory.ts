import { ClusterRecordsService } from '../../src/modules/directory/cluster-records.service.js';
import { Cluster } from '../../src/modules/directory/cluster.entity.js';
import type { CreateCluster } from '../../src/modules/directory/clusters.dto.js';
import { ClustersService } from '../../src/modules/directory/clusters.service.js';
import { ConsentService } from '../../src/modules/directory/consent.service.js';
import type { ContactInput } from '../../src/modules/directory/contact-input.rules.js';
import { Contact } from '../../src/modules/directory/contact.entity.js';
import { ContactsService } from '../../src/modules/directory/contacts.service.js';
import type { FirmInput } from '../../src/modules/directory/firm-input.rules.js';
import type { Firm } from '../../src/modules/directory/firm.entity.js';
import { FirmsService } from '../../src/modules/directory/firms.service.js';
import type { TestApp } from '../support/harness.js';

let counter = 0;

/** A Vietnamese firm without a tax code. */
export function givenFirm(t: TestApp, overrides: Partial<FirmInput> = {}): Promise<Firm> {
  return t.asSystem(() =>
    t.get(FirmsService).create({ name: `Công ty TNHH Mẫu ${++counter}`, ...overrides }),
  );
}

export interface ContactOverrides extends Partial<ContactInput> {
  /** What the person said of promotion mail; nothing when left out. */
  consent?: 'given' | 'withdrawn';
}

/** A person with an address of their own, of a firm of their own unless one is named. */
export async function givenContact(t: TestApp, overrides: ContactOverrides = {}): Promise<Contact> {
  const { consent, ...given } = overrides;
  const firmId = given.firmId ?? (await givenFirm(t)).id;
  const number = ++counter;
  return t.asSystem(async () => {
    const id = await t.get(ContactsService).create({
      fullName: `Nguyễn Thị Mẫu ${number}`,
      email: `contact-${number}@firm-${number}.test`,
      ...given,
      firmId,
    });
    if (consent) {
      await t
        .get(ConsentService)
        .record({ contactId: id, purpose: 'promotion_mail', action: consent, channel: 'enquiry_form' });
    }
    return t.db.repo(Contact).findOneByOrFail({ id });
  });
}

export interface ClusterOverrides extends Partial<CreateCluster> {
  /** The 1/500 plan is approved: occupancy is defined. */
  detailedPlan?: boolean;
}

/** A cluster of 50 ha in Cao Lộc that calls for an investor. */
export async function givenCluster(t: TestApp, overrides: ClusterOverrides = {}): Promise<Cluster> {
  const { detailedPlan, ...given } = overrides;
  const planningDistrictId = given.planningDistrictId ?? (await districtIdOf(t, 'cao-loc'));
  const number = ++counter;
  return t.asSystem(async () => {
    const id = await t.get(ClustersService).create({
      code: `mau-${number}`,
      name: `Cụm công nghiệp Mẫu ${number}`,
      areaHa: 50,
      status: 'calling_for_investor',
      source: 'thử nghiệm',
      ...given,
      planningDistrictId,
    });
    if (detailedPlan) {
      await t
        .get(ClusterRecordsService)
        .addMilestone(id, { kind: 'detailed_plan_approved', on: '2024-05-01', source: 'thử nghiệm' });
    }
    return t.db.repo(Cluster).findOneByOrFail({ id });
  });
}

async function districtIdOf(t: TestApp, code: string): Promise<string> {
  const [district] = await t.db.query<{ id: string }>(`SELECT id FROM planning_district WHERE code = $1`, [
    code,
  ]);
  return district!.id;
}
