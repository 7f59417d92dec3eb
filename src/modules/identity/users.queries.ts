import { Injectable } from '@nestjs/common';
import type { UserRole } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import { AppUser, type UserLanguage } from './app-user.entity.js';

/** What other modules show of a user, or need to write to one. */
export interface UserSummary {
  id: string;
  name: string;
  email: string;
  role: UserRole;
  language: UserLanguage;
  active: boolean;
}

const SUMMARY = `id, name, email, role, language, deactivated_at IS NULL AS active`;

@Injectable()
export class UsersQueries {
  constructor(private readonly db: Database) {}

  find(id: string): Promise<AppUser | null> {
    return this.db.repo(AppUser).findOneBy({ id });
  }

  async get(id: string): Promise<AppUser> {
    const found = await this.find(id);
    if (!found) throw new NotFound('user_not_found');
    return found;
  }

  findByEmail(email: string): Promise<AppUser | null> {
    return this.db.repo(AppUser).findOneBy({ email: email.trim().toLowerCase() });
  }

  /** In no order; ids that name nobody are left out, deactivated users are not. */
  async getMany(ids: readonly string[]): Promise<UserSummary[]> {
    if (ids.length === 0) return [];
    return this.db.query<UserSummary>(`SELECT ${SUMMARY} FROM app_user WHERE id = ANY($1::uuid[])`, [ids]);
  }

  /** Whom escalations go to; administrators when the agency has no active manager. */
  async activeManagers(): Promise<UserSummary[]> {
    return this.db.query<UserSummary>(
      `SELECT ${SUMMARY} FROM app_user u WHERE deactivated_at IS NULL AND role = (
         SELECT role FROM app_user WHERE deactivated_at IS NULL AND role IN ('manager', 'admin')
         ORDER BY role = 'manager' DESC LIMIT 1)
       ORDER BY id`,
    );
  }
}
