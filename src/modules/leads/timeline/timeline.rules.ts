/** What a line of a lead's story can be about. `other`: its details and its owner. */
export const TIMELINE_SUBJECTS = [
  'activity',
  'mail',
  'answer',
  'round',
  'stage',
  'task',
  'document',
  'obstacle',
  'other',
] as const;
export type TimelineSubject = (typeof TIMELINE_SUBJECTS)[number];

/** Every kind of entry that a module appends, by what it is about; a kind that is not listed is `other`. */
export const KINDS_ABOUT: Readonly<Record<Exclude<TimelineSubject, 'other'>, readonly string[]>> = {
  activity: [
    'activity_logged',
    'activity_booked',
    'meeting_booked',
    'meeting_moved',
    'meeting_cancelled',
    'meeting_held',
    'meeting_no_show',
    'visit_asked',
  ],
  mail: [
    'mail_sent',
    'mail_bounced',
    'mail_failed',
    'mail_cancelled',
    'mail_unknown',
    'mail_retried',
    'mail_marked_sent',
    'mail_auto_reply',
    'mail_out_of_office',
    'mail_out_of_office_until',
    'mail_delayed',
    'mail_read_receipt',
    'mail_calendar_reply',
    'mail_moved_away',
  ],
  answer: ['investor_answered', 'mail_received', 'mail_opt_out', 'enquiry_received'],
  round: ['round_joined', 'round_closed', 'round_reopened'],
  stage: ['lead_opened', 'stage_changed', 'stage_went_back', 'reopened', 'lost', 'put_to_sleep', 'woken'],
  task: [
    'task_opened',
    'step_skipped',
    'task_done',
    'task_snoozed',
    'task_cancelled',
    'task_reassigned',
    'task_reopened',
    'escalated',
    'sequence_stopped',
  ],
  document: [
    'document_received',
    'document_added',
    'document_shared',
    'document_unshared',
    'document_removed',
    'document_restored',
  ],
  obstacle: [
    'obstacle_raised_by_investor',
    'obstacle_raised_by_officer',
    'obstacle_changed',
    'obstacle_open',
    'obstacle_in_progress',
    'obstacle_withdrawn',
    'obstacle_resolved',
  ],
};

const SUBJECT_OF = new Map(
  Object.entries(KINDS_ABOUT).flatMap(([about, kinds]) =>
    kinds.map((kind) => [kind, about as TimelineSubject] as const),
  ),
);

export const subjectOf = (kind: string): TimelineSubject => SUBJECT_OF.get(kind) ?? 'other';

/** The kinds that a filter keeps, and whether it also keeps those that are listed nowhere. */
export function kindsAbout(subjects: readonly TimelineSubject[]): { listed: string[]; others: boolean } {
  const listed = subjects.flatMap((about) => (about === 'other' ? [] : KINDS_ABOUT[about]));
  return { listed, others: subjects.includes('other') };
}

export const LISTED_KINDS = [...SUBJECT_OF.keys()];
