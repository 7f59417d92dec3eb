import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { IANAZone } from 'luxon';

/** A start refused because of one environment variable: the message is one sentence that names it. */
export class ConfigError extends Error {
  constructor(
    readonly variable: string,
    sentence: string,
  ) {
    super(`${variable}: ${sentence}`);
  }
}

export interface WorkingHours {
  /** Local time, `HH:mm`. */
  start: string;
  end: string;
}

export type Role = 'web' | 'worker';

/** The mark of a letter takes 43 of the 64 characters that the part before the @ may have (RFC 5321). */
const INBOX_ADDRESS = /^[a-z0-9][a-z0-9._-]{0,19}@[a-z0-9-]+(\.[a-z0-9-]+)*$/i;

/** The environment, read once and typed. Every variable is described in the README's table. */
export class Config {
  readonly production: boolean;
  readonly roles: readonly Role[];
  readonly host: string;
  port: number;
  /** The address in mails and links, without a trailing slash. */
  appUrl: string;
  readonly dataDir: string;
  /** Empty until the embedded server has started, when no `DATABASE_URL` was given. */
  databaseUrl: string;
  readonly databasePoolSize: number;
  readonly redisUrl?: string;
  readonly queuePrefix: string;
  /** A worker that was killed is given up after this long, and its jobs run again. */
  readonly queueLockMs: number;
  readonly smtpUrl?: string;
  readonly mailFrom: string;
  /** The mailbox that is read for replies and bounces, `imaps://user:password@host/Folder`. */
  readonly imapUrl?: string;
  /** The folder into which a mail goes once it was read; absent: mails stay where they are, as they are. */
  readonly imapMoveTo?: string;
  /** Where investors' replies go, with a mark of the letter behind a plus sign. */
  readonly inboxAddress?: string;
  /** Signs what a mail server delivers to the webhook of incoming mail. */
  readonly inboundMailSecret?: string;
  readonly timeZone: string;
  readonly workingHours: WorkingHours;
  /** Signs tokens, cursors and sessions; filled by `ensureSecretKey` when absent outside production. */
  secretKey: string;
  readonly adminEmail?: string;
  readonly adminPassword?: string;
  readonly logLevel: string;
  readonly shutdownTimeoutMs: number;
  /** Messages an hour to one recipient domain. */
  readonly mailPerDomainPerHour: number;
  /** Messages a day in total. */
  readonly mailPerDay: number;
  /** Enquiries an hour through the public form; more of them wait until their sender confirms by mail. */
  readonly enquiriesPerHour: number;
  /** How often due reminders are looked for, in milliseconds. */
  readonly dispatchEveryMs: number;
  /** Addresses of the reverse proxies whose `X-Forwarded-*` headers are believed. */
  readonly trustProxy: string[];

  constructor(env: NodeJS.ProcessEnv, roles: readonly Role[] = ['web', 'worker']) {
    const read = new Reader(env);
    this.production = env.NODE_ENV === 'production';
    this.roles = roles;
    this.port = read.integer('PORT', 3000, 0, 65_535);
    this.host = read.host('HOST', '127.0.0.1');
    this.appUrl =
      read.url('APP_URL', ['http:', 'https:'])?.replace(/\/+$/, '') ?? `http://localhost:${this.port}`;
    this.dataDir = resolve(read.text('DATA_DIR') ?? './.data');
    this.databaseUrl = read.url('DATABASE_URL', ['postgres:', 'postgresql:']) ?? '';
    this.databasePoolSize = read.integer('DATABASE_POOL_SIZE', 20, 2, 500);
    this.redisUrl = read.url('REDIS_URL', ['redis:', 'rediss:']);
    this.queuePrefix = read.text('QUEUE_PREFIX') ?? 'dong-hanh';
    this.queueLockMs = read.integer('QUEUE_LOCK_SECONDS', 30, 1, 600) * 1000;
    this.smtpUrl = read.url('SMTP_URL', ['smtp:', 'smtps:']);
    this.mailFrom =
      read.matching(
        'MAIL_FROM',
        /@/,
        'must be an e-mail address, optionally with a name before it in angle brackets.',
      ) ?? 'Đồng Hành <no-reply@localhost>';
    this.imapUrl = read.url('IMAP_URL', ['imap:', 'imaps:']);
    if (this.imapUrl && !new URL(this.imapUrl).username)
      throw new ConfigError(
        'IMAP_URL',
        'must name an account, such as imaps://user:password@mail.example.vn/INBOX.',
      );
    this.imapMoveTo = read.text('IMAP_MOVE_TO');
    this.inboxAddress = read
      .matching(
        'INBOX_ADDRESS',
        INBOX_ADDRESS,
        'must be one e-mail address with at most 20 characters and no plus sign before the @.',
      )
      ?.toLowerCase();
    this.inboundMailSecret = read.secret('INBOUND_MAIL_SECRET', 32);
    this.timeZone = read.timeZone('TIME_ZONE', 'Asia/Ho_Chi_Minh');
    this.workingHours = read.hours('WORKING_HOURS', '08:00-17:00');
    this.secretKey = read.secret('SECRET_KEY', 32) ?? '';
    if (this.production && !this.secretKey)
      throw new ConfigError('SECRET_KEY', 'is required when NODE_ENV is production.');
    this.adminEmail = read.matching('ADMIN_EMAIL', /^[^\s@]+@[^\s@]+$/, 'must be an e-mail address.');
    this.adminPassword = read.secret('ADMIN_PASSWORD', 8);
    this.logLevel = read.choice('LOG_LEVEL', ['silent', 'error', 'warn', 'info', 'debug'], 'info');
    this.shutdownTimeoutMs = read.integer('SHUTDOWN_TIMEOUT_SECONDS', 20, 1, 600) * 1000;
    this.mailPerDomainPerHour = read.integer('MAIL_PER_DOMAIN_PER_HOUR', 200, 1, 1_000_000);
    this.mailPerDay = read.integer('MAIL_PER_DAY', 5000, 1, 10_000_000);
    this.enquiriesPerHour = read.integer('ENQUIRIES_PER_HOUR', 30, 0, 100_000);
    this.dispatchEveryMs = read.integer('DISPATCH_EVERY_SECONDS', 60, 1, 3600) * 1000;
    this.trustProxy = (read.text('TRUST_PROXY') ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean);
  }

  has(role: Role): boolean {
    return this.roles.includes(role);
  }
}

class Reader {
  constructor(private readonly env: NodeJS.ProcessEnv) {}

  text(name: string): string | undefined {
    return this.env[name]?.trim() || undefined;
  }

  /** The value itself is not repeated. */
  matching(name: string, pattern: RegExp, sentence: string): string | undefined {
    const raw = this.text(name);
    if (raw !== undefined && !pattern.test(raw)) throw new ConfigError(name, sentence);
    return raw;
  }

  secret(name: string, shortest: number): string | undefined {
    const raw = this.text(name);
    if (raw !== undefined && raw.length < shortest)
      throw new ConfigError(name, `must have at least ${shortest} characters.`);
    return raw;
  }

  timeZone(name: string, fallback: string): string {
    const raw = this.text(name) ?? fallback;
    if (IANAZone.isValidZone(raw)) return raw;
    throw new ConfigError(name, `"${raw}" is not the name of a time zone such as Asia/Ho_Chi_Minh.`);
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    const raw = this.text(name);
    if (raw === undefined) return fallback;
    const value = Number(raw);
    if (!/^\d+$/.test(raw) || value < min || value > max) {
      throw new ConfigError(name, `must be a whole number from ${min} to ${max}, not "${raw}".`);
    }
    return value;
  }

  choice<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const raw = this.text(name);
    if (raw === undefined) return fallback;
    const found = allowed.find((value) => value === raw);
    if (!found) throw new ConfigError(name, `must be one of ${allowed.join(', ')}, not "${raw}".`);
    return found;
  }

  host(name: string, fallback: string): string {
    const raw = this.text(name) ?? fallback;
    if (isIP(raw) || /^[a-z0-9.-]+$/i.test(raw)) return raw;
    throw new ConfigError(name, `"${raw}" is neither an address nor a host name.`);
  }

  /** The value itself is never repeated: it may hold a password. */
  url(name: string, protocols: readonly string[]): string | undefined {
    const raw = this.text(name);
    if (raw === undefined) return undefined;
    const sentence = `must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`;
    if (!URL.canParse(raw) || !protocols.includes(new URL(raw).protocol))
      throw new ConfigError(name, sentence);
    return raw;
  }

  hours(name: string, fallback: string): WorkingHours {
    const raw = this.text(name) ?? fallback;
    const match = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(raw);
    if (!match || match[1]! >= match[2]!) {
      throw new ConfigError(name, `must be two times of one day such as 08:00-17:00, not "${raw}".`);
    }
    return { start: match[1]!, end: match[2]! };
  }
}
