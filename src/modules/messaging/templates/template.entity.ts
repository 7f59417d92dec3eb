import {
  Check,
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryColumn,
  Unique,
  VersionColumn,
  type Relation,
} from 'typeorm';
import type { Language } from '../../../platform/i18n/i18n.js';

export const MAIL_PURPOSES = ['promotion', 'service'] as const;
/** `promotion` is advertising (Decree 91/2020): consent, at most three a day, opt-out. `service` is a one-to-one reply or a notice. */
export type MailPurpose = (typeof MAIL_PURPOSES)[number];

export const MAIL_AUDIENCES = ['investor', 'officer'] as const;
/** `investor`: a contact of a firm. `officer`: a user of the agency, managers included. */
export type MailAudience = (typeof MAIL_AUDIENCES)[number];

export const MAIL_TOPICS = ['rounds', 'land', 'policy'] as const;
/** What a reader may choose to get or not: rounds and events, land and clusters, news of policy and incentives. */
export type MailTopic = (typeof MAIL_TOPICS)[number];

/** One letter that the agency writes again and again, in up to three languages. */
@Entity('template')
@Unique('template_code_key', ['code'])
@Check('template_purpose_check', `purpose IN ('promotion', 'service')`)
@Check('template_audience_check', `audience IN ('investor', 'officer')`)
@Check('template_topic_check', `topic IN ('rounds', 'land', 'policy')`)
@Check(
  'template_topic_needed_check',
  `(topic IS NOT NULL) = (purpose = 'promotion' AND audience = 'investor')`,
)
export class Template {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'template_pkey' })
  id: string;

  /** Stable name that plans and programs refer to. @example "round-thank-you" */
  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  purpose: MailPurpose;

  @Column({ type: 'text' })
  audience: MailAudience;

  /** Of promotion mail to investors, and of nothing else. */
  @Column({ type: 'text', nullable: true })
  topic: MailTopic | null;

  @Column({ type: 'text' })
  nameVi: string;

  @Column({ type: 'text' })
  nameEn: string;

  /** Also grows when a text changes. */
  @VersionColumn()
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;

  @OneToMany(() => TemplateText, (text) => text.template)
  texts?: Relation<TemplateText[]>;
}

/** Subject (one line) and body (Markdown) of a template in one language, both with Liquid variables. */
@Entity('template_text')
@Unique('template_text_template_id_language_key', ['templateId', 'language'])
@Check('template_text_language_check', `language IN ('vi', 'en', 'zh')`)
export class TemplateText {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'template_text_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  templateId: string;

  @ManyToOne(() => Template, (template) => template.texts, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'template_id', foreignKeyConstraintName: 'template_text_template_id_fkey' })
  template?: Relation<Template>;

  @Column({ type: 'text' })
  language: Language;

  @Column({ type: 'text' })
  subject: string;

  @Column({ type: 'text' })
  body: string;

  @VersionColumn()
  version: number;
}
