import type { Language } from '../../platform/i18n/i18n.js';
import type { UserLanguage } from '../identity/app-user.entity.js';
import type { BookedBy, CancelledBy, MeetingKind, MeetingStatus } from './meeting.entity.js';

/** A meeting with all that a letter, an invitation or a page says of it. */
export interface MeetingRow {
  id: string;
  leadId: string;
  leadReference: string;
  firmId: string;
  firmName: string;
  contactId: string | null;
  contactName: string | null;
  /** Null where nothing may be sent to. */
  contactEmail: string | null;
  officerId: string;
  officerName: string;
  officerEmail: string;
  officerLanguage: UserLanguage;
  clusterId: string | null;
  clusterCode: string | null;
  clusterName: string | null;
  clusterDistrict: string | null;
  kind: MeetingKind;
  startsAt: Date;
  endsAt: Date;
  place: string | null;
  language: Language;
  note: string | null;
  status: MeetingStatus;
  bookedBy: BookedBy;
  cancelledBy: CancelledBy | null;
  cancelReason: string | null;
  icsUid: string;
  icsSequence: number;
  activityId: string | null;
  agreedAt: Date;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export const MEETING_COLUMNS = `
  m.id, m.lead_id AS "leadId", l.reference AS "leadReference", f.id AS "firmId", f.name AS "firmName", m.contact_id AS "contactId",
  c.full_name AS "contactName", CASE WHEN c.erased_at IS NULL THEN c.email END AS "contactEmail", m.officer_id AS "officerId",
  u.name AS "officerName", u.email AS "officerEmail", u.language AS "officerLanguage", m.cluster_id AS "clusterId", k.code AS "clusterCode", k.name AS "clusterName",
  d.name AS "clusterDistrict", m.kind, m.starts_at AS "startsAt", m.ends_at AS "endsAt", m.place, m.language, m.note, m.status,
  m.booked_by AS "bookedBy", m.cancelled_by AS "cancelledBy", m.cancel_reason AS "cancelReason", m.ics_uid AS "icsUid",
  m.ics_sequence AS "icsSequence", m.activity_id AS "activityId", m.agreed_at AS "agreedAt", m.version, m.created_at AS "createdAt",
  m.updated_at AS "updatedAt"`;

export const MEETING_FROM = `
  meeting m JOIN lead l ON l.id = m.lead_id JOIN firm f ON f.id = l.firm_id JOIN app_user u ON u.id = m.officer_id
  LEFT JOIN contact c ON c.id = m.contact_id LEFT JOIN cluster k ON k.id = m.cluster_id
  LEFT JOIN planning_district d ON d.id = k.planning_district_id`;

/** Where it is, as far as that is known. */
export function placeOf({
  place,
  clusterName,
  clusterDistrict,
}: Pick<MeetingRow, 'place' | 'clusterName' | 'clusterDistrict'>): string | null {
  const cluster = clusterName && [clusterName, clusterDistrict].filter(Boolean).join(', ');
  return [place, cluster].filter(Boolean).join(' – ') || null;
}
