import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  type Relation,
} from 'typeorm';
import { Contact } from '../../directory/contact.entity.js';
import { Lead } from '../../leads/lead.entity.js';

/** What one person may see of one lead. The id is random: it tells nothing, not even when it was made. */
@Entity('investor_case')
@Unique('investor_case_lead_id_contact_id_key', ['leadId', 'contactId'])
@Index('investor_case_contact_id_idx', ['contactId'])
export class InvestorCase {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'investor_case_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  leadId: string;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'lead_id', foreignKeyConstraintName: 'investor_case_lead_id_fkey' })
  lead?: Relation<Lead>;

  @Column({ type: 'uuid' })
  contactId: string;

  @ManyToOne(() => Contact, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'contact_id', foreignKeyConstraintName: 'investor_case_contact_id_fkey' })
  contact?: Relation<Contact>;

  /** When the page was last opened. */
  @Column({ type: 'timestamptz', nullable: true })
  lastVisitAt: Date | null;

  /** An officer ended this person's access; links of mails open nothing until a new one is sent. */
  @Column({ type: 'timestamptz', nullable: true })
  closedAt: Date | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}

/** One use of a link: of a mail, noted when it is used, or of a short-lived one, noted when it is sent. */
@Entity('case_link')
@Index('case_link_case_id_created_at_idx', ['caseId', 'createdAt'])
@Check('case_link_kind_check', `kind IN ('message', 'fresh')`)
export class CaseLink {
  /** SHA-256 of the token, hexadecimal. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'case_link_pkey' })
  hash: string;

  @Column({ type: 'uuid' })
  caseId: string;

  @ManyToOne(() => InvestorCase, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'case_id', foreignKeyConstraintName: 'case_link_case_id_fkey' })
  case?: Relation<InvestorCase>;

  @Column({ type: 'text' })
  kind: 'message' | 'fresh';

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  usedAt: Date | null;

  /** SHA-256 of the form that used it: the same form sent twice is one use. */
  @Column({ type: 'text', nullable: true })
  pressHash: string | null;
}

/** A browser that may see one case. */
@Entity('case_session')
@Index('case_session_case_id_idx', ['caseId'])
export class CaseSession {
  /** SHA-256 of the cookie's token, hexadecimal. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'case_session_pkey' })
  hash: string;

  @Column({ type: 'uuid' })
  caseId: string;

  @ManyToOne(() => InvestorCase, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'case_id', foreignKeyConstraintName: 'case_session_case_id_fkey' })
  case?: Relation<InvestorCase>;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  revokedAt: Date | null;
}

/** Another mailbox that a person named; it counts once a mail to it was answered. */
@Entity('case_email_change')
@Index('case_email_change_case_id_idx', ['caseId', 'createdAt'])
export class CaseEmailChange {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'case_email_change_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  caseId: string;

  @ManyToOne(() => InvestorCase, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'case_id', foreignKeyConstraintName: 'case_email_change_case_id_fkey' })
  case?: Relation<InvestorCase>;

  @Column({ type: 'text' })
  email: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  usedAt: Date | null;
}
