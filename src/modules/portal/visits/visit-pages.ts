import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Language } from '../../../platform/i18n/i18n.js';
import type { Span } from '../../meetings/hours/free-times.rules.js';
import { FreeTimes } from '../../meetings/hours/free-times.service.js';
import { MeetingsQueries } from '../../meetings/meetings.queries.js';
import type { AnswerableMessage } from '../../messaging/message-answers.service.js';
import { namedDayIn } from '../site/format.rules.js';
import { portalPage } from '../site/portal-page.js';
import { daysOf, readableTime } from './visit-words.js';

export interface VisitView {
  lang?: Language;
  change?: 'time';
  /** What has just happened. */
  done?: 'booked' | 'cancelled' | 'asked';
  /** Why it did not happen, in words. */
  problem?: string;
  /** What the reader had typed. */
  note?: string;
}

interface LeadOfVisit {
  ownerId: string | null;
  ownerName: string | null;
  lost: boolean;
  clusters: { id: string; name: string }[];
}

/** The page on which an investor chooses, sees and changes its visit. It shows nothing of any other lead or person. */
@Injectable()
export class VisitPages {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly meetings: MeetingsQueries,
    private readonly times: FreeTimes,
  ) {}

  async show(message: AnswerableMessage, token: string, view: VisitView): Promise<string> {
    const lang = view.lang ?? message.language;
    const lead = message.leadId === null ? null : await this.leadOf(message.leadId);
    const booking =
      message.leadId === null
        ? null
        : await this.meetings.visitOf({ leadId: message.leadId, contactId: message.contactId });
    const officerId = booking?.officerId ?? lead?.ownerId ?? null;
    const choosing = !booking || view.change === 'time' || view.problem !== undefined;
    const offered =
      choosing && officerId && !lead?.lost ? await this.times.choices(officerId, booking?.id) : [];
    return portalPage('visit', lang, {
      self: `/r/${token}/visit`,
      token,
      contactName: message.contactName,
      officerName: booking?.officerName ?? lead?.ownerName ?? message.officerName ?? message.agencyName,
      done: view.done,
      problem: view.problem,
      booking: booking && this.shown(booking, lang, booking.clusterName),
      choosing,
      days: daysOf(offered, lang, this.clock, booking),
      clusters: lead?.clusters ?? [],
      clusterId: booking?.clusterId ?? lead?.clusters[0]?.id ?? '',
      note: view.note ?? booking?.note ?? '',
      zone: this.zone(),
      beijing: lang === 'zh',
    });
  }

  private shown(span: Span, lang: Language, clusterName: string | null): object {
    return {
      day: namedDayIn(lang, span.startsAt, this.clock.timeZone),
      time: readableTime(span, this.clock),
      clusterName,
    };
  }

  /** @example "GMT+7" */
  private zone(): string {
    const minutes = this.clock.local(this.clock.now()).offset;
    const rest = minutes % 60 === 0 ? '' : `:${String(Math.abs(minutes % 60)).padStart(2, '0')}`;
    return `GMT${minutes < 0 ? '-' : '+'}${Math.trunc(Math.abs(minutes) / 60)}${rest}`;
  }

  private async leadOf(id: string): Promise<LeadOfVisit | null> {
    const [lead] = await this.db.query<LeadOfVisit>(sql`
      SELECT l.owner_id AS "ownerId", u.name AS "ownerName", l.stage = 'lost' AS lost,
             coalesce((SELECT jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name) ORDER BY x.position)
                         FROM lead_cluster x JOIN cluster k ON k.id = x.cluster_id WHERE x.lead_id = l.id), '[]') AS clusters
        FROM lead l LEFT JOIN app_user u ON u.id = l.owner_id WHERE l.id = ${id}`);
    return lead ?? null;
  }
}
