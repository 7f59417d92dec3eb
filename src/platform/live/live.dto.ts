/** What may change in sight of others; each is the name of a kind of thing that the lists and pages show. */
export const LIVE_TOPICS = [
  'lead',
  'activity',
  'timeline_entry',
  'reminder',
  'follow_up_sequence',
  'message',
  'meeting',
  'firm',
  'contact',
  'consent',
  'mail_preference',
  'cluster',
  'cluster_milestone',
  'cluster_fact',
  'cluster_access',
  'cluster_utility',
  'cluster_document',
  'incentive',
  'agency',
  'target',
  'target_value',
  'promotion_round',
  'promotion_event',
  'participation',
  'follow_up_plan',
  'template',
  'template_text',
  'pipeline_stage',
  'calendar_exception',
  'saved_view',
  'inbound_mail',
  'lead_document',
  'obstacle',
  'data_request',
] as const;

export type LiveTopic = (typeof LIVE_TOPICS)[number];

/** The data of an `event: change`: that something changed, never what. Fetch again what is shown of it. */
export class LiveChange {
  /** The kind of thing that was created, changed or deleted. */
  topic: LiveTopic;
  /** Which one; null when so many changed at once that any of this kind may have. */
  id: string | null;
  /** The lead to which it belongs (its own id for a lead); null when it belongs to none, or when `id` is null. */
  leadId: string | null;
  /**
   * What else it belongs to: the firm of a lead or contact, the round of an event, participation, reminder, sequence
   * or message, the cluster of a milestone or fact, the contact of a consent or of what it chose to get, the target of a value, the template of a text.
   */
  parentId: string | null;
}
