import { IsIn, IsOptional } from 'class-validator';
import type { Actor, UserRole } from '../../platform/database/actor.js';
import { Line } from '../../platform/http/fields.js';
import { USER_LANGUAGES, type AppUser, type UserLanguage } from './app-user.entity.js';
import { actionsOf } from './permissions.js';

export class ChangeMe {
  @IsOptional()
  @Line(200)
  name?: string;

  @IsOptional()
  @IsIn([...USER_LANGUAGES])
  language?: UserLanguage;
}

export class Me {
  /** `user` for a person, `apiKey` for a program. */
  kind: 'user' | 'apiKey';
  /** Of the user, or of the key. */
  id: string;
  name: string;
  /** Null for a program. */
  email: string | null;
  role: UserRole;
  /** Null for a program. */
  language: UserLanguage | null;
  /** The password is the one-time one of the first start: until it is changed, all else answers 403 `password_must_change`. */
  mustChangePassword: boolean;
  /** Every action that the role may take. @example ["lead.read", "lead.write"] */
  permissions: string[];
  /** For `If-Match`; absent for a program. */
  version?: number;
  /** The program's time now, UTC: what "late" and "ago" are counted from. */
  now: string;
  /** Where the agency works, and in which every time is shown. @example "Asia/Ho_Chi_Minh" */
  timeZone: string;
}

/** When and where the program is. */
export type Here = Pick<Me, 'now' | 'timeZone'>;

export function toMe(user: AppUser, here: Here): Me {
  const { id, name, email, role, language, mustChangePassword, version } = user;
  return {
    kind: 'user',
    id,
    name,
    email,
    role,
    language,
    mustChangePassword,
    permissions: actionsOf(role),
    version,
    ...here,
  };
}

export function toProgram(actor: Actor, here: Here): Me {
  const role = actor.role ?? 'officer';
  return {
    kind: 'apiKey',
    id: actor.id ?? '',
    name: actor.name,
    email: null,
    role,
    language: null,
    mustChangePassword: false,
    permissions: actionsOf(role),
    ...here,
  };
}
