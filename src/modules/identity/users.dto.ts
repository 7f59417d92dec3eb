import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  MinLength,
} from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { CommaList, IsPhone, Line, MayBeAbsent, QueryFlag } from '../../platform/http/fields.js';
import { PageQuery, type Page } from '../../platform/http/pages.js';
import type { UserRole } from '../../platform/database/actor.js';
import { LANGUAGES, type Language } from '../../platform/i18n/i18n.js';
import { USER_LANGUAGES, USER_ROLES, type AppUser, type UserLanguage } from './app-user.entity.js';
import { PASSWORD_MAX, PASSWORD_MIN } from './auth-options.js';
import { IsStaffEmail } from './staff-email.rules.js';

const MOST_DISTRICTS = 50;

const DistrictIds = (): PropertyDecorator =>
  applyDecorators(
    MayBeAbsent(),
    IsArray(),
    ArrayMaxSize(MOST_DISTRICTS),
    ArrayUnique(),
    IsUUID(undefined, { each: true }),
  );

const Languages = (): PropertyDecorator =>
  applyDecorators(MayBeAbsent(), IsArray(), ArrayUnique(), IsIn(LANGUAGES, { each: true }));

export class CreateUser {
  /** What the person signs in with; kept in lower case, unique. */
  @IsStaffEmail()
  email: string;

  @Line(200)
  name: string;

  @IsIn([...USER_ROLES])
  role: UserRole;

  /** 8 to 128 characters: the account can sign in at once. Without it the person gets an invitation by mail. */
  @IsOptional()
  @IsString()
  @MinLength(PASSWORD_MIN)
  @MaxLength(PASSWORD_MAX)
  password?: string;

  /** Default `vi`. */
  @IsOptional()
  @IsIn([...USER_LANGUAGES])
  language?: UserLanguage;

  /** Planning districts that the person looks after, at most 50: enquiries about their clusters come to them first. */
  @DistrictIds()
  districtIds?: string[];

  /** What the person writes to investors in; default Vietnamese. */
  @Languages()
  languages?: Language[];
}

export class ChangeUser {
  @IsOptional()
  @Line(200)
  name?: string;

  @IsOptional()
  @IsIn([...USER_ROLES])
  role?: UserRole;

  /** Position, as letters to investors are signed, at most 200 characters; null for none. */
  @IsOptional()
  @Line(200)
  title?: string | null;

  /** Stands under letters to investors; stored as E.164; null for none. */
  @IsOptional()
  @IsPhone()
  phone?: string | null;

  /** Planning districts that the person looks after, at most 50; replaces all of them. */
  @DistrictIds()
  districtIds?: string[];

  /** What the person writes to investors in; replaces all of them. */
  @Languages()
  languages?: Language[];
}

export class DeactivateUser {
  /** The active user who takes over the person's leads and reminders. */
  @IsUUID()
  handOverTo: string;
}

export class UsersQuery extends PageQuery {
  /** @example "officer,manager" */
  @CommaList({ allowed: USER_ROLES })
  role?: UserRole[];

  /** `true`: only who can sign in; `false`: only who cannot any more. */
  @QueryFlag()
  active?: boolean;
}

export class UserAnswer {
  id: string;
  name: string;
  email: string;
  /** Position, as letters are signed. */
  title: string | null;
  /** E.164 */
  phone: string | null;
  role: UserRole;
  language: UserLanguage;
  /** Planning districts that the person looks after. */
  districtIds: string[];
  /** What the person writes to investors in. */
  languages: Language[];
  active: boolean;
  /** ISO 8601, or null while active. */
  deactivatedAt: string | null;
  /** When the invitation was handed to the mail server; null when it was not (yet) or none was needed. */
  invitedAt: string | null;
  mustChangePassword: boolean;
  /** Made up for the demo. */
  sample: boolean;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export class UserPage implements Page<UserAnswer> {
  items: UserAnswer[];
  nextCursor: string | null;
  total: number;
  totalIsEstimate?: true;
}

export class Colleague {
  id: string;
  name: string;
  role: UserRole;
}

export type UserRow = Omit<AppUser, 'active' | 'image' | 'emailVerified'>;

export function toUserAnswer(user: UserRow): UserAnswer {
  const {
    id,
    name,
    email,
    title,
    phone,
    role,
    language,
    districtIds,
    languages,
    mustChangePassword,
    sample,
    version,
  } = user;
  return {
    id,
    name,
    email,
    title,
    phone,
    role,
    language,
    districtIds,
    languages,
    active: user.deactivatedAt === null,
    deactivatedAt: user.deactivatedAt?.toISOString() ?? null,
    invitedAt: user.invitedAt?.toISOString() ?? null,
    mustChangePassword,
    sample,
    version,
    createdAt: user.createdAt.toISOString(),
    updatedAt: user.updatedAt.toISOString(),
  };
}
