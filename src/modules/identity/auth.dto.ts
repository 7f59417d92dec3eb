import { IsBoolean, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import type { UserRole } from '../../platform/database/actor.js';
import { Line } from '../../platform/http/fields.js';
import type { AppUser, UserLanguage } from './app-user.entity.js';
import { PASSWORD_MAX, PASSWORD_MIN } from './auth-options.js';

export class SignIn {
  /** The account's e-mail address, in any case. */
  @Line(254)
  email: string;

  @IsString()
  @MinLength(1)
  @MaxLength(PASSWORD_MAX)
  password: string;

  /** False: the session ends with the browser, and after one day at the latest. Default true. */
  @IsOptional()
  @IsBoolean()
  rememberMe?: boolean;
}

export class ChangePassword {
  @IsString()
  @MinLength(1)
  @MaxLength(PASSWORD_MAX)
  currentPassword: string;

  /** 8 to 128 characters. The account's other sessions end. */
  @IsString()
  @MinLength(PASSWORD_MIN)
  @MaxLength(PASSWORD_MAX)
  newPassword: string;
}

export class AskPasswordLink {
  @Line(254)
  email: string;
}

export class SetPassword {
  /** From the link in the mail. */
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  token: string;

  /** 8 to 128 characters. All sessions of the account end. */
  @IsString()
  @MinLength(PASSWORD_MIN)
  @MaxLength(PASSWORD_MAX)
  newPassword: string;
}

export class SignedIn {
  id: string;
  name: string;
  email: string;
  role: UserRole;
  language: UserLanguage;
  /** The password was given by someone else: ask for a new one before anything else. */
  mustChangePassword: boolean;
}

export class SignInAnswer {
  user: SignedIn;
}

/** What was asked for is done, or, where saying so would tell on an account, would be done if it existed. */
export class Done {
  ok: true;
}

export function toSignInAnswer({
  id,
  name,
  email,
  role,
  language,
  mustChangePassword,
}: AppUser): SignInAnswer {
  return { user: { id, name, email, role, language, mustChangePassword } };
}
