import { Injectable } from '@nestjs/common';
import { defaultKeyHasher } from '@better-auth/api-key';
import type { FastifyRequest } from 'fastify';
import { Config } from '../../platform/config/config.js';
import type { Actor, UserRole } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { Authenticator } from '../../platform/http/access.guard.js';
import { Forbidden } from '../../platform/http/problem.js';
import { lesserRole, roleMay } from './permissions.js';
import { changesState, isSameSite } from './same-site.rules.js';
import { authSecret, readSessionToken, sessionCookieName } from './session-cookie.rules.js';

/** Longer than any key of ours. */
const KEY_MAX = 200;

// Sessions and keys end by the database's real time: better-auth wrote their end by real time too, and a
// demo that moves `Clock` by weeks signs nobody out.
const BY_SESSION = `
  SELECT u.id, u.name, u.role, u.must_change_password AS "mustChangePassword" FROM user_session s JOIN app_user u ON u.id = s.user_id
  WHERE s.token = $1 AND s.expires_at > now() AND u.deactivated_at IS NULL`;
const BY_KEY = `
  SELECT k.id, k.name, k.metadata::jsonb ->> 'role' AS role, u.role AS "makerRole" FROM api_key k JOIN app_user u ON u.id = k.created_by_id
  WHERE k.key = $1 AND k.enabled AND (k.expires_at IS NULL OR k.expires_at > now()) AND u.deactivated_at IS NULL`;

interface Found {
  id: string;
  name: string;
  role: UserRole;
}

/** The hot path: one signature and one indexed query a request, so that a revoked session ends at once everywhere. */
@Injectable()
export class SessionAuthenticator extends Authenticator {
  private readonly secret: string;
  private readonly cookie: string;

  constructor(
    private readonly db: Database,
    private readonly config: Config,
  ) {
    super();
    this.secret = authSecret(config.secretKey);
    this.cookie = sessionCookieName(config.appUrl.startsWith('https:'));
  }

  async authenticate(request: FastifyRequest, oneTimePassword = false): Promise<Actor | null> {
    const key = request.headers['x-api-key'];
    if (key !== undefined) return this.byKey(String(key));
    const token = readSessionToken(request.headers.cookie, this.cookie, this.secret);
    if (!token) return null;
    if (changesState(request.method) && !isSameSite(request.headers, this.config.appUrl))
      throw new Forbidden('foreign_origin');
    const [found] = await this.db.query<Found & { mustChangePassword: boolean }>(BY_SESSION, [token]);
    if (!found) return null;
    const { id, name, role, mustChangePassword } = found;
    if (mustChangePassword && !oneTimePassword) throw new Forbidden('password_must_change');
    return { kind: 'user', id, name, role };
  }

  may(actor: Actor, action: string): boolean {
    return actor.role !== null && roleMay(actor.role, action);
  }

  private async byKey(key: string): Promise<Actor | null> {
    if (key.length > KEY_MAX) return null;
    const [found] = await this.db.query<Found & { makerRole: UserRole }>(BY_KEY, [
      await defaultKeyHasher(key),
    ]);
    if (!found) return null;
    const { id, name, role, makerRole } = found;
    return { kind: 'apiKey', id, name, role: lesserRole(role, makerRole) };
  }
}
