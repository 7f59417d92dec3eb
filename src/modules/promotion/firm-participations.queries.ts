import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Pages, type Page, type PageSpec } from '../../platform/http/pages.js';
import type {
  FirmParticipationAnswer,
  FirmParticipationsQuery,
  ParticipationEvent,
  ParticipationRound,
} from './firm-participations.dto.js';
import {
  PARTICIPATION_COLUMNS,
  PARTICIPATION_FROM,
  participationConditions,
  toParticipation,
  type ParticipationRow,
} from './participations.queries.js';

const LIST: PageSpec = {
  sorts: {
    startsOn: { sql: 'r.starts_on', type: 'date' },
    createdAt: { sql: 'p.created_at', type: 'timestamptz' },
    status: { sql: 'p.status', type: 'text' },
  },
  defaultSort: '-startsOn',
  id: 'p.id',
};

type Row = ParticipationRow & {
  round: ParticipationRound;
  eventDetails: ParticipationEvent | null;
};

const COLUMNS = sql`${PARTICIPATION_COLUMNS},
  json_build_object('id', r.id, 'code', r.code, 'name', r.name, 'status', r.status,
                    'startsOn', r.starts_on::text, 'endsOn', r.ends_on::text) AS round,
  (SELECT json_build_object('id', e.id, 'name', e.name, 'kind', e.kind, 'startsAt', e.starts_at, 'endsAt', e.ends_at, 'place', e.place)
     FROM promotion_event e WHERE e.id = p.event_id) AS "eventDetails"`;

/** Where a firm took part. */
@Injectable()
export class FirmParticipationsQueries {
  constructor(private readonly pages: Pages) {}

  list(firmId: string, query: FirmParticipationsQuery): Promise<Page<FirmParticipationAnswer>> {
    return this.pages.read(
      LIST,
      {
        select: COLUMNS,
        from: sql`${PARTICIPATION_FROM} JOIN promotion_round r ON r.id = p.round_id`,
        where: participationConditions({ ...query, firmId }),
      },
      query,
      ({ round, eventDetails, ...row }: Row) => ({
        ...toParticipation(row),
        round,
        eventDetails: eventDetails && {
          ...eventDetails,
          startsAt: new Date(eventDetails.startsAt).toISOString(),
          endsAt: new Date(eventDetails.endsAt).toISOString(),
        },
      }),
    );
  }
}
