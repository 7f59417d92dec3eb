import { ownerOf, type KnownFirm, type KnownFirms, type People, type Stage } from '../cast.js';
import { sampleParticipations, type SampleParticipation } from '../sample-data.js';
import { markAsSamples, moveLead } from './firms.js';

interface Created {
  id: string;
}

interface Participation extends Created {
  firm: { id: string };
  lead: { id: string } | null;
}

type EventKey = SampleParticipation['event'];

export interface HeldRound {
  id: string;
  name: string;
}

const CONFERENCE_DAY = '2027-01-05';
const VISIT_DAY = '2027-01-07';
const FIRST_DAY = '2027-01-04';
const LAST_DAY = '2027-01-08';

/** A round with a conference and a site visit; who came makes or joins a lead. */
export async function holdRound(stage: Stage, people: People, firms: KnownFirms): Promise<HeldRound> {
  const { narrator, time } = stage;
  time.moveTo(time.moment(FIRST_DAY, '09:00'));
  narrator.chapter('round', { from: narrator.shortDay(FIRST_DAY), to: narrator.shortDay(LAST_DAY) });
  const round = await planRound(stage, people, firms);
  const events = await planEvents(stage, people, round);
  narrator.done('round_planned', { name: round.name });
  time.moveTo(time.moment(VISIT_DAY, '17:30'));
  const list = sampleParticipations();
  await enter(people, { round, events, firms, list });
  await markAsSamples(stage);
  printParticipations(stage, firms, list);
  const leadsBefore = [...firms.values()].filter(({ leadId }) => leadId !== null).length;
  await learnLeads(people, round, firms);
  const leadsNow = [...firms.values()].filter(({ leadId }) => leadId !== null).length;
  narrator.done('round_leads', { participations: list.length, firms: firms.size, opened: leadsNow - leadsBefore, joined: leadsBefore });
  const visitors = list.filter(({ event, status }) => event === 'site_visit' && status === 'attended');
  for (const { firm } of visitors) await moveLead(people, firms.get(firm)!, 'site_visit', narrator.words('note_visited'));
  narrator.done('visitors_moved', { count: visitors.length });
  return round;
}

async function planRound({ narrator }: Stage, people: People, firms: KnownFirms): Promise<HeldRound> {
  const name = narrator.words('round_name');
  const { id } = await people.a.api.post<Created>('/api/v1/rounds', {
    code: '2027-XT-MAU',
    name,
    kind: 'on_site',
    startsOn: FIRST_DAY,
    endsOn: LAST_DAY,
    budget: { amount: '350000000', currency: 'VND' },
    goalFirms: 12,
    goalLeads: 10,
    clusterIds: [...new Set([...firms.values()].flatMap(({ clusterIds }) => clusterIds))],
  });
  return { id, name };
}

async function planEvents({ narrator, time }: Stage, people: People, round: HeldRound): Promise<Record<EventKey, string>> {
  const plan = async (kind: EventKey, day: string, hours: [string, string]): Promise<string> => {
    const event = await people.a.api.post<Created>(`/api/v1/rounds/${round.id}/events`, {
      kind,
      name: narrator.words(`event_${kind}`),
      place: narrator.words(`place_${kind}`),
      startsAt: time.moment(day, hours[0]).toISOString(),
      endsAt: time.moment(day, hours[1]).toISOString(),
    });
    return event.id;
  };
  return {
    conference: await plan('conference', CONFERENCE_DAY, ['08:30', '11:30']),
    site_visit: await plan('site_visit', VISIT_DAY, ['08:00', '16:30']),
  };
}

interface Entries {
  round: HeldRound;
  events: Record<EventKey, string>;
  firms: KnownFirms;
  list: readonly SampleParticipation[];
}

async function enter(people: People, { round, events, firms, list }: Entries): Promise<void> {
  for (const { firm: key, event, status, note } of list) {
    const firm = firms.get(key)!;
    await ownerOf(people, firm).api.post(`/api/v1/rounds/${round.id}/participations`, {
      firmId: firm.id,
      contactId: firm.contactId,
      eventId: events[event],
      status,
      leadKind: firm.kind,
      clusterIds: firm.clusterIds,
      note,
    });
  }
}

/** The leads that the round made belong to the firms from now on. */
async function learnLeads(people: People, round: HeldRound, firms: KnownFirms): Promise<void> {
  const byFirm = new Map<string, KnownFirm>([...firms.values()].map((firm) => [firm.id, firm]));
  for (const { firm, lead } of await people.a.api.all<Participation>(`/api/v1/rounds/${round.id}/participations`)) {
    byFirm.get(firm.id)!.leadId ??= lead?.id ?? null;
  }
}

function printParticipations({ narrator }: Stage, firms: KnownFirms, list: readonly SampleParticipation[]): void {
  const statusAt = (key: string, event: EventKey): string => {
    const found = list.find((entry) => entry.firm === key && entry.event === event);
    return found ? narrator.words(`participation_${found.status}`) : '–';
  };
  narrator.table(
    narrator.heads('head_firm', 'head_conference', 'head_site_visit', 'head_asked'),
    [...firms.values()].map(({ key, firm }) => [
      firm.shortName,
      statusAt(key, 'conference'),
      statusAt(key, 'site_visit'),
      list.find((entry) => entry.firm === key)?.note ?? '',
    ]),
  );
}
