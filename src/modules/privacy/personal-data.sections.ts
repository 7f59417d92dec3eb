/** One part of what the program holds about a person: a statement whose `$1` is the contact's id and `$2` the firm's. */
export interface PersonalDataSection {
  /** Also the key of its heading in the words `privacy:section_…`. */
  key: string;
  /** The tables with a `contact_id` that it covers; a test finds those that none does. */
  tables: readonly string[];
  /** Columns are named as their words `privacy:field_…`. Times and days as they are; the person's own and what was said of the person. */
  statement: string;
}

const LEADS = `SELECT id FROM lead WHERE primary_contact_id = $1
  UNION SELECT lead_id FROM participation WHERE contact_id = $1 AND lead_id IS NOT NULL
  UNION SELECT lead_id FROM activity WHERE contact_id = $1`;

/** Of the modules below this one. What lies above adds its own by `PersonalData.add`. */
export const SECTIONS: readonly PersonalDataSection[] = [
  {
    key: 'person',
    tables: ['contact'],
    statement: `
      SELECT c.full_name AS "fullName", c.title, c.email, c.phone, c.language, f.name AS firm, c.email_state AS "emailState",
             c.restricted_at AS "restrictedAt", c.created_at AS "recordedAt", c.updated_at AS "changedAt"
        FROM contact c JOIN firm f ON f.id = c.firm_id WHERE c.id = $1 AND f.id = $2`,
  },
  {
    key: 'consents',
    tables: ['consent'],
    statement: `
      SELECT recorded_at AS at, action, channel, address, evidence FROM consent
       WHERE contact_id = $1 AND $2::uuid IS NOT NULL ORDER BY recorded_at, id`,
  },
  {
    key: 'interests',
    tables: ['lead'],
    statement: `
      SELECT l.reference, l.opened_at AS "openedAt", l.kind, l.summary,
             (SELECT string_agg(k.name, ', ' ORDER BY x.position) FROM lead_cluster x JOIN cluster k ON k.id = x.cluster_id WHERE x.lead_id = l.id) AS clusters
        FROM lead l WHERE l.id IN (${LEADS}) AND $2::uuid IS NOT NULL ORDER BY l.opened_at, l.id`,
  },
  {
    key: 'participations',
    tables: ['participation'],
    statement: `
      SELECT r.name AS round, e.name AS event, e.starts_at AS "startsAt", p.status, p.note
        FROM participation p JOIN promotion_round r ON r.id = p.round_id LEFT JOIN promotion_event e ON e.id = p.event_id
       WHERE p.contact_id = $1 AND $2::uuid IS NOT NULL ORDER BY p.created_at, p.id`,
  },
  {
    key: 'activities',
    tables: ['activity'],
    statement: `
      SELECT a.happened_at AS at, a.kind, a.subject, a.body AS text, a.outcome FROM activity a
       WHERE a.contact_id = $1
          OR (a.contact_id IS NULL AND a.lead_id IN (SELECT id FROM lead WHERE firm_id = $2)
              AND EXISTS (SELECT 1 FROM contact c WHERE c.id = $1 AND strpos(fold(a.subject || ' ' || coalesce(a.body, '')), fold(c.full_name)) > 0))
       ORDER BY a.happened_at, a.id`,
  },
  {
    key: 'tasks',
    tables: ['reminder', 'follow_up_sequence'],
    statement: `
      SELECT due_at AS at, title_vi AS title, status, note FROM reminder
       WHERE contact_id = $1 AND $2::uuid IS NOT NULL AND channel <> 'investor_email' ORDER BY due_at, id`,
  },
  {
    key: 'mails',
    tables: ['message'],
    statement: `
      SELECT m.created_at AS at, m.sent_at AS "sentAt", m.to_address AS address, m.status, m.subject, m.body_text AS text FROM message m
       WHERE m.contact_id = $1 AND $2::uuid IS NOT NULL ORDER BY m.created_at, m.id`,
  },
  {
    key: 'answers',
    tables: ['message_answer'],
    statement: `
      SELECT a.at, a.answer, a.note AS text, a.until_day::text AS "untilDay"
        FROM message_answer a JOIN message m ON m.id = a.message_id
       WHERE m.contact_id = $1 AND $2::uuid IS NOT NULL ORDER BY a.at, a.id`,
  },
  {
    key: 'requests',
    tables: ['data_request'],
    statement: `
      SELECT reference, received_at AS at, kind, text, status, due_at AS "dueAt", closed_at AS "closedAt", decision_reason AS reason
        FROM data_request WHERE contact_id = $1 AND $2::uuid IS NOT NULL ORDER BY received_at, id`,
  },
  {
    key: 'enquiries',
    tables: ['enquiry'],
    statement: `
      SELECT reference, received_at AS at, message AS text FROM enquiry
       WHERE contact_id = $1 AND $2::uuid IS NOT NULL ORDER BY received_at, id`,
  },
  {
    key: 'inbound',
    tables: ['inbound_mail'],
    statement: `
      SELECT received_at AS at, from_address AS address, subject, text FROM inbound_mail
       WHERE contact_id = $1 AND $2::uuid IS NOT NULL ORDER BY received_at, id`,
  },
  {
    key: 'meetings',
    tables: ['meeting'],
    statement: `
      SELECT starts_at AS "startsAt", ends_at AS "endsAt", place, status, note, cancel_reason AS reason FROM meeting
       WHERE contact_id = $1 AND $2::uuid IS NOT NULL ORDER BY starts_at, id`,
  },
  {
    key: 'documents',
    tables: ['lead_document'],
    statement: `
      SELECT d.added_at AS at, d.title, d.note, f.name FROM lead_document d LEFT JOIN stored_file f ON f.id = d.file_id
       WHERE d.contact_id = $1 AND $2::uuid IS NOT NULL ORDER BY d.added_at, d.id`,
  },
  {
    key: 'obstacles',
    tables: ['obstacle'],
    statement: `
      SELECT created_at AS at, title, description AS text, status, answer AS note FROM obstacle
       WHERE contact_id = $1 AND $2::uuid IS NOT NULL ORDER BY created_at, id`,
  },
  {
    key: 'preferences',
    tables: ['mail_preference'],
    statement: `
      SELECT chosen_at AS at, address, array_to_string(topics, ', ') AS topics, language, frequency FROM mail_preference
       WHERE contact_id = $1 AND $2::uuid IS NOT NULL ORDER BY chosen_at`,
  },
];
