import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { newId } from '../../platform/database/ids.js';
import type { AuthPool } from './auth-pool.js';
import { authSecret, COOKIE_PREFIX } from './session-cookie.rules.js';

export const AUTH_PATH = '/api/auth';
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;
/** The address of the caller as Fastify established it: better-auth believes no header that a client sends. */
export const CLIENT_ADDRESS_HEADER = 'x-client-address';
export const LINK_IDENTIFIER = 'reset-password:';

const DAY = 24 * 3600;

/** What the library asks of us while it works. */
export interface AuthHooks {
  /** Throws when the account may not have a session. */
  beforeSession(userId: string): Promise<void>;
  passwordLinkAsked(userId: string): Promise<void>;
  passwordSetByLink(userId: string): Promise<void>;
  log(level: string, message: string): void;
}

/** better-auth on our own tables, with strangers' sign-up off. */
export function buildAuth(config: { appUrl: string; secretKey: string }, pool: AuthPool, hooks: AuthHooks) {
  const secure = config.appUrl.startsWith('https:');
  return betterAuth({
    appName: 'Đồng Hành',
    baseURL: new URL(config.appUrl).origin,
    basePath: AUTH_PATH,
    secret: authSecret(config.secretKey),
    database: pool as never,
    telemetry: { enabled: false },
    logger: { level: 'warn', disableColors: true, log: (level, message) => hooks.log(level, message) },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user }) => hooks.passwordLinkAsked(user.id),
      onPasswordReset: ({ user }) => hooks.passwordSetByLink(user.id),
    },
    session: {
      modelName: 'user_session',
      fields: {
        ...stamps,
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
      expiresIn: 14 * DAY,
      updateAge: DAY,
    },
    user: { modelName: 'app_user', fields: { ...stamps, emailVerified: 'email_verified' } },
    account: { modelName: 'user_account', fields: accountFields },
    verification: { modelName: 'user_verification', fields: { ...stamps, expiresAt: 'expires_at' } },
    rateLimit,
    databaseHooks: {
      session: { create: { before: ({ userId }) => hooks.beforeSession(userId) } },
    },
    advanced: {
      useSecureCookies: secure,
      cookiePrefix: COOKIE_PREFIX,
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      database: { generateId: () => newId(), validateSchema: false },
    },
    plugins: [apiKey(apiKeys)],
  });
}

export type BetterAuth = ReturnType<typeof buildAuth>;

const stamps = { createdAt: 'created_at', updatedAt: 'updated_at' };

const accountFields = {
  ...stamps,
  userId: 'user_id',
  accountId: 'account_id',
  providerId: 'provider_id',
  accessToken: 'access_token',
  refreshToken: 'refresh_token',
  idToken: 'id_token',
  accessTokenExpiresAt: 'access_token_expires_at',
  refreshTokenExpiresAt: 'refresh_token_expires_at',
};

const apiKeyFields = {
  ...stamps,
  configId: 'config_id',
  referenceId: 'created_by_id',
  refillInterval: 'refill_interval',
  refillAmount: 'refill_amount',
  lastRefillAt: 'last_refill_at',
  rateLimitEnabled: 'rate_limit_enabled',
  rateLimitTimeWindow: 'rate_limit_time_window',
  rateLimitMax: 'rate_limit_max',
  requestCount: 'request_count',
  lastRequest: 'last_request',
  expiresAt: 'expires_at',
};

const rateLimit = {
  enabled: true,
  storage: 'database' as const,
  modelName: 'sign_in_limit',
  fields: { lastRequest: 'last_request' },
  customRules: {
    // An office shares one address: enough for its people, too few for guessing passwords of 8 characters.
    '/sign-in/email': { window: 60, max: 20 },
    '/change-password': { window: 60, max: 10 },
    '/request-password-reset': { window: 60, max: 5 },
    '/reset-password': { window: 60, max: 10 },
    '/get-session': false as const,
    '/sign-out': false as const,
  },
};

const apiKeys = {
  schema: { apikey: { modelName: 'api_key', fields: apiKeyFields } },
  defaultPrefix: 'dh_',
  enableMetadata: true,
  maximumNameLength: 100,
  // One write a request would cost more than it protects: a key is trusted with its role.
  rateLimit: { enabled: false },
  keyExpiration: { minExpiresIn: 1, maxExpiresIn: 3650 },
};
