import type { KnownFirms, People, Stage } from '../cast.js';
import { sampleParticipations, type SampleParticipation } from '../sample-data.js';
import { markAsSamples, moveLead } from './firms.js';

interface Created {
  id: string;
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
  const list = sampleParticipations(narrator.language);
  const known = leadsOf(firms);
  await enter(people, { round, events, firms, list });
  await markAsSamples(stage);
  printParticipations(stage, firms, list);
  narrator.done('round_leads', {
    participations: list.length,
    firms: firms.size,
    opened: leadsOf(firms) - known,
    joined: known,
  });
  const visitors = list.filter(({ event, status }) => event === 'site_visit' && status === 'attended');
  for (const { firm } of visitors)
    await moveLead(people, firms.get(firm)!, 'site_visit', narrator.words('note_visited'));
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
    goals: { firms: 12, leads: 10 },
    clusterIds: [...new Set([...firms.values()].flatMap(({ clusterIds }) => clusterIds))],
  });
  return { id, name };
}

async function planEvents(
  { narrator, time }: Stage,
  people: People,
  round: HeldRound,
): Promise<Record<EventKey, string>> {
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

/** The whole list in one request, as an officer pastes it; the leads that the round made are the firms' from now on. */
async function enter({ a, b }: People, { round, events, firms, list }: Entries): Promise<void> {
  const added = await a.api.post<{ items: { leadId: string }[] }>(
    `/api/v1/rounds/${round.id}/participations`,
    {
      items: list.map(({ firm: key, event, status, note }) => {
        const { id, contactId, kind, clusterIds, owner } = firms.get(key)!;
        return {
          firmId: id,
          contactId,
          eventId: events[event],
          status,
          leadKind: kind,
          clusterIds,
          note,
          ownerId: owner === 'b' ? b.id : a.id,
        };
      }),
    },
  );
  added.items.forEach(({ leadId }, index) => {
    firms.get(list[index]!.firm)!.leadId ??= leadId;
  });
}

function leadsOf(firms: KnownFirms): number {
  return [...firms.values()].filter(({ leadId }) => leadId !== null).length;
}

function printParticipations(
  { narrator }: Stage,
  firms: KnownFirms,
  list: readonly SampleParticipation[],
): void {
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
