import { Check, Column, Entity, PrimaryColumn, Unique, VersionColumn } from 'typeorm';
import type { UserRole } from '../../platform/database/actor.js';
import type { Language } from '../../platform/i18n/i18n.js';

export const USER_ROLES = ['officer', 'manager', 'admin'] as const satisfies readonly UserRole[];
export const USER_LANGUAGES = ['vi', 'en'] as const;

/** The languages that the staff's side is written in. */
export type UserLanguage = (typeof USER_LANGUAGES)[number];

/** A member of the agency's staff. Rows are never deleted: timelines name who did what. */
@Entity('app_user')
@Unique('app_user_email_key', ['email'])
@Check('app_user_email_check', `email = lower(email)`)
@Check('app_user_role_check', `role IN ('officer', 'manager', 'admin')`)
@Check('app_user_language_check', `language IN ('vi', 'en')`)
@Check('app_user_languages_check', `languages <@ ARRAY['vi', 'en', 'zh']`)
export class AppUser {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'app_user_pkey' })
  id: string;

  @Column({ type: 'text' })
  name: string;

  /** In lower case: what the person signs in with. */
  @Column({ type: 'text' })
  email: string;

  /** Position, as a letter is signed. @example "Phó Trưởng phòng Xúc tiến đầu tư" */
  @Column({ type: 'text', nullable: true })
  title: string | null;

  /** E.164; stands under letters to investors. */
  @Column({ type: 'text', nullable: true })
  phone: string | null;

  /** Set once a link sent to the address was used. */
  @Column({ type: 'boolean', default: false })
  emailVerified: boolean;

  /** Kept because the sign-in library writes it; unused. */
  @Column({ type: 'text', nullable: true })
  image: string | null;

  @Column({ type: 'text', default: 'officer' })
  role: UserRole;

  @Column({ type: 'text', default: 'vi' })
  language: UserLanguage;

  /** Planning districts that the person looks after: enquiries about their clusters come to them first. Of a higher module. */
  @Column({ type: 'uuid', array: true, default: '{}' })
  districtIds: string[];

  /** What the person writes to investors in. */
  @Column({ type: 'text', array: true, default: '{vi}' })
  languages: Language[];

  /** The password is the one-time one that the first start printed: nothing else is allowed until it is changed. */
  @Column({ type: 'boolean', default: false })
  mustChangePassword: boolean;

  /** When the mail with the link to set a first password was handed over; null when none was (yet). */
  @Column({ type: 'timestamptz', nullable: true })
  invitedAt: Date | null;

  /** From then on the account neither signs in nor is offered as an owner. */
  @Column({ type: 'timestamptz', nullable: true })
  deactivatedAt: Date | null;

  /** Made up for the demo. */
  @Column({ type: 'boolean', default: false })
  sample: boolean;

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;

  get active(): boolean {
    return this.deactivatedAt === null;
  }
}
