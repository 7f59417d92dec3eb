import { runAs, SYSTEM } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { ownerOf, type KnownFirm, type KnownFirms, type People, type Person, type Stage } from '../cast.js';
import { sampleFirms, type SampleFirm } from '../sample-data.js';

interface Created {
  id: string;
}

interface Cluster extends Created {
  code: string;
  name: string;
}

/** Before the round these firms were already found serious. */
const QUALIFIED = ['nui-xanh', 'song-ky', 'yangli', 'korea', 'shenzhen'];

/** Firms, their people, their consent and what they want, each entered by its officer. */
export async function recordFirms(stage: Stage, people: People): Promise<KnownFirms> {
  const { narrator } = stage;
  const clusters = new Map(
    (await people.a.api.all<Cluster>('/api/v1/clusters')).map((cluster) => [cluster.code, cluster]),
  );
  narrator.chapter('firms', { day: narrator.longDay(stage.program.clock.today()) });
  narrator.say('firms_intro');
  const firms = new Map<string, KnownFirm>();
  for (const firm of sampleFirms()) {
    const clusterIds = firm.clusterCodes.map((code) => clusters.get(code)!.id);
    firms.set(firm.key, await record(ownerOf(people, firm), firm, clusterIds));
  }
  await markAsSamples(stage);
  printFirms(stage, firms, clusters);
  for (const key of QUALIFIED)
    await moveLead(people, firms.get(key)!, 'qualified', narrator.words('note_qualified'));
  const leads = [...firms.values()].filter(({ leadId }) => leadId !== null).length;
  narrator.done('firms_recorded', { firms: firms.size, leads, later: firms.size - leads });
  narrator.done('leads_qualified', { count: QUALIFIED.length });
  return firms;
}

async function record({ api }: Person, sample: SampleFirm, clusterIds: string[]): Promise<KnownFirm> {
  const firm = await api.post<Created>('/api/v1/firms', sample.firm);
  const contact = await api.post<Created>(`/api/v1/firms/${firm.id}/contacts`, sample.contact);
  if (sample.consentEvidence) {
    const given = {
      purpose: 'promotion_mail',
      action: 'given',
      channel: 'officer',
      evidence: sample.consentEvidence,
    };
    await api.post(`/api/v1/contacts/${contact.id}/consents`, given);
  }
  const about = { firmId: firm.id, kind: sample.kind, primaryContactId: contact.id, clusterIds };
  const lead = sample.lead && (await api.post<Created>('/api/v1/leads', { ...about, ...sample.lead }));
  return { ...sample, id: firm.id, contactId: contact.id, clusterIds, leadId: lead?.id ?? null };
}

export async function moveLead(people: People, firm: KnownFirm, to: string, note: string): Promise<void> {
  await ownerOf(people, firm).api.post(`/api/v1/leads/${firm.leadId}/stage`, { to, note });
}

/** Whatever is in this database was made up, and the flag says so; over the API nobody can set it. */
export async function markAsSamples({ program }: Stage): Promise<void> {
  const db = program.app.get(Database, { strict: false });
  await runAs(SYSTEM, () =>
    db.transaction(async () => {
      for (const table of ['firm', 'contact', 'lead', 'promotion_round']) {
        await db.execute(`UPDATE ${table} SET sample = true WHERE NOT sample`);
      }
    }),
  );
}

function printFirms({ narrator }: Stage, firms: KnownFirms, clusters: ReadonlyMap<string, Cluster>): void {
  narrator.table(
    narrator.heads(
      'head_firm',
      'head_country',
      'head_kind',
      'head_cluster',
      'head_mail_language',
      'head_consent',
    ),
    [...firms.values()].map(({ firm, contact, kind, clusterCodes, consentEvidence }) => [
      firm.shortName,
      firm.country,
      narrator.words(`kind_${kind}`),
      clusterCodes
        .map((code) => clusters.get(code)!.name.replace(narrator.words('cluster_prefix'), ''))
        .join(', '),
      narrator.words(`language_${contact.language}`),
      narrator.words(consentEvidence ? 'consent_given' : 'consent_none'),
    ]),
  );
}
