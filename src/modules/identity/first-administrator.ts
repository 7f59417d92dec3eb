import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config, ConfigError } from '../../platform/config/config.js';
import { runAs, SYSTEM } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { oneAtATime } from '../../platform/database/migrate.js';
import { AppUser } from './app-user.entity.js';
import { isStaffEmail } from './staff-email.rules.js';
import { UsersService } from './users.service.js';

export const DEFAULT_ADMIN_EMAIL = 'admin@dong-hanh.local';

/** Without letters and digits that look alike: it is read from a terminal and typed. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** Makes the administrator of a new installation. */
@Injectable()
export class FirstAdministrator {
  constructor(
    private readonly source: DataSource,
    private readonly db: Database,
    private readonly users: UsersService,
    private readonly config: Config,
  ) {}

  /**
   * Null when there is a user already. Otherwise who was made, by `ADMIN_EMAIL` and `ADMIN_PASSWORD`; without
   * a password in the environment with one that is told here once, to be changed after the first sign-in.
   */
  ensure(): Promise<{ email: string; oneTimePassword?: string } | null> {
    return oneAtATime(this.source, () => runAs(SYSTEM, () => this.make()));
  }

  private async make(): Promise<{ email: string; oneTimePassword?: string } | null> {
    if (await this.db.repo(AppUser).existsBy({ sample: false })) return null;
    const email = this.config.adminEmail ?? DEFAULT_ADMIN_EMAIL;
    if (!isStaffEmail(email)) {
      throw new ConfigError(
        'ADMIN_EMAIL',
        'must be an address with a full domain, such as name@example.vn: no other can sign in.',
      );
    }
    const oneTimePassword = this.config.adminPassword ? undefined : randomPassword();
    const user = await this.users.create({
      email,
      name: 'Quản trị viên',
      role: 'admin',
      password: this.config.adminPassword ?? oneTimePassword,
      mustChangePassword: oneTimePassword !== undefined,
    });
    return { email: user.email, ...(oneTimePassword && { oneTimePassword }) };
  }
}

/** 16 of 54 characters: 92 bits. */
function randomPassword(): string {
  const pick = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return [pick(), pick(), pick(), pick()].join('-');
}
