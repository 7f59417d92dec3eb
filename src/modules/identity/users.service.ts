import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import type { UserRole } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { Events } from '../../platform/events/events.js';
import { toE164 } from '../../platform/http/fields.js';
import { assertVersion } from '../../platform/http/if-match.js';
import { Conflict, Invalid, NotFound } from '../../platform/http/problem.js';
import { RuleError } from '../../platform/http/rule-error.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { AppUser, type UserLanguage } from './app-user.entity.js';
import { UserDeactivated } from './identity.events.js';
import { Passwords } from './passwords.service.js';

export interface NewUser {
  email: string;
  name: string;
  role: UserRole;
  /** Without one the person is invited by mail to set it. */
  password?: string;
  language?: UserLanguage;
  districtIds?: string[];
  /** Of letters to investors; left out: Vietnamese. */
  languages?: Language[];
  sample?: boolean;
  mustChangePassword?: boolean;
}

export interface UserChanges {
  name?: string;
  role?: UserRole;
  language?: UserLanguage;
  /** As letters to investors are signed. */
  title?: string | null;
  /** A dialable number. */
  phone?: string | null;
  districtIds?: string[];
  languages?: Language[];
}

/** Writes accounts. At least one administrator stays active. */
@Injectable()
export class UsersService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly passwords: Passwords,
  ) {}

  async create(input: NewUser): Promise<AppUser> {
    const hash = input.password === undefined ? null : await this.passwords.hash(input.password);
    return this.db.transaction(async () => {
      const email = input.email.trim().toLowerCase();
      if (await this.db.repo(AppUser).existsBy({ email })) throw new Conflict('email_taken');
      const now = this.clock.now();
      const { name, role, language = 'vi', sample = false, mustChangePassword = false } = input;
      const { districtIds = [], languages = ['vi'] } = input;
      await this.assertDistricts(districtIds);
      const repo = this.db.repo(AppUser);
      const user = await repo.save(
        repo.create({
          id: newId(),
          email,
          name,
          role,
          language,
          districtIds,
          languages,
          sample,
          mustChangePassword,
          createdAt: now,
          updatedAt: now,
        }),
      );
      if (hash === null) this.passwords.inviteAfterCommit(user.id);
      else await this.passwords.give(user.id, hash);
      return user;
    });
  }

  changeRole(id: string, role: UserRole): Promise<AppUser> {
    return this.db.transaction(async () => this.apply(await this.lock(id), { role }));
  }

  change(id: string, version: number, changes: UserChanges): Promise<AppUser> {
    return this.db.transaction(async () => {
      const user = await this.lock(id);
      assertVersion(user.version, version);
      return this.apply(user, changes);
    });
  }

  /** Ends the account's sessions, keys and links at once; whatever it owned goes to `handOverTo`. */
  deactivate(id: string, { handOverTo }: { handOverTo: string }): Promise<AppUser> {
    return this.db.transaction(async () => {
      const user = await this.lock(id);
      if (!user.active) throw new RuleError('user_already_deactivated');
      await this.assertCanTakeOver(handOverTo, id);
      if (user.role === 'admin') await this.assertOtherAdministrator(id);
      const now = this.clock.now();
      const saved = await this.db
        .repo(AppUser)
        .save(Object.assign(user, { deactivatedAt: now, updatedAt: now }));
      await this.db.execute(`DELETE FROM user_session WHERE user_id = $1`, [id]);
      await this.db.execute(`DELETE FROM api_key WHERE created_by_id = $1`, [id]);
      await this.db.execute(`DELETE FROM user_verification WHERE value = $1`, [id]);
      await this.events.publish(new UserDeactivated(id, handOverTo));
      return saved;
    });
  }

  /** The account signs in again with its old password; its leads stay where they went. */
  reactivate(id: string): Promise<AppUser> {
    return this.db.transaction(async () => {
      const user = await this.lock(id);
      if (user.active) throw new RuleError('user_not_deactivated');
      return this.db
        .repo(AppUser)
        .save(Object.assign(user, { deactivatedAt: null, updatedAt: this.clock.now() }));
    });
  }

  /** Sends the mail with the link for a first password again. */
  invite(id: string): Promise<AppUser> {
    return this.db.transaction(async () => {
      const user = await this.lock(id);
      if (!user.active) throw new RuleError('user_already_deactivated');
      if (await this.passwords.has(id)) throw new RuleError('user_has_password');
      this.passwords.inviteAfterCommit(id);
      return user;
    });
  }

  private async apply(user: AppUser, changes: UserChanges): Promise<AppUser> {
    const leavesAdministration =
      user.role === 'admin' && user.active && changes.role !== undefined && changes.role !== 'admin';
    if (leavesAdministration) await this.assertOtherAdministrator(user.id);
    await this.assertDistricts(changes.districtIds ?? []);
    const phone = changes.phone && toE164(changes.phone);
    const given = Object.entries({ ...changes, phone }).filter(([, value]) => value !== undefined);
    return this.db
      .repo(AppUser)
      .save(Object.assign(user, Object.fromEntries(given), { updatedAt: this.clock.now() }));
  }

  /**
   * The administrators first, in one order: of two requests that would remove the last two of them at the same
   * time, the second waits and then sees that only one is left.
   */
  private async lock(id: string): Promise<AppUser> {
    await this.db.query(
      `SELECT id FROM app_user WHERE (role = 'admin' AND deactivated_at IS NULL) OR id = $1 ORDER BY id FOR UPDATE`,
      [id],
    );
    const found = await this.db.repo(AppUser).findOneBy({ id });
    if (!found) throw new NotFound('user_not_found');
    return found;
  }

  private async assertDistricts(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const found = await this.db.query<{ id: string }>(
      `SELECT id FROM planning_district WHERE id = ANY($1::uuid[])`,
      [ids],
    );
    const missing = ids.findIndex((id) => !found.some((district) => district.id === id.toLowerCase()));
    if (missing >= 0) throw new Invalid(`districtIds.${missing}`, 'unknown_planning_district');
  }

  private async assertOtherAdministrator(id: string): Promise<void> {
    const [other] = await this.db.query(
      `SELECT 1 FROM app_user WHERE role = 'admin' AND deactivated_at IS NULL AND id <> $1 LIMIT 1`,
      [id],
    );
    if (!other) throw new RuleError('last_administrator');
  }

  private async assertCanTakeOver(id: string, from: string): Promise<void> {
    const [active] = await this.db.query(
      `SELECT 1 FROM app_user WHERE id = $1 AND deactivated_at IS NULL FOR SHARE`,
      [id],
    );
    if (!active || id === from) throw new Invalid('handOverTo', 'user_cannot_take_over');
  }
}
