import { describe, expect, test } from '@jest/globals';
import { Config, ConfigError } from './config.js';

const read = (env: NodeJS.ProcessEnv): Config => new Config(env);

describe('the environment', () => {
  test('may be empty', () => {
    const config = read({});
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      appUrl: 'http://localhost:3000',
      timeZone: 'Asia/Ho_Chi_Minh',
    });
    expect(config.workingHours).toEqual({ start: '08:00', end: '17:00' });
  });

  test.each([
    ['PORT', '70000'],
    ['PORT', 'abc'],
    ['PORT', '-1'],
    ['HOST', 'a b'],
    ['APP_URL', 'ftp://x.test'],
    ['APP_URL', 'nonsense'],
    ['DATABASE_URL', 'mysql://x'],
    ['REDIS_URL', 'http://x'],
    ['SMTP_URL', 'localhost:25'],
    ['MAIL_FROM', 'nobody'],
    ['IMAP_URL', 'pop3://a:b@mail.test'],
    ['IMAP_URL', 'imaps://mail.test/INBOX'],
    ['INBOX_ADDRESS', 'inbox'],
    ['INBOX_ADDRESS', 'in+box@agency.test'],
    ['INBOX_ADDRESS', 'a-very-long-name-of-a-mailbox@agency.test'],
    ['INBOUND_MAIL_SECRET', 'short'],
    ['TIME_ZONE', 'Mars/Olympus'],
    ['WORKING_HOURS', '17:00-08:00'],
    ['WORKING_HOURS', '8-17'],
    ['SECRET_KEY', 'short'],
    ['ADMIN_EMAIL', 'admin'],
    ['ADMIN_PASSWORD', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['DISPATCH_EVERY_SECONDS', '0'],
  ])('%s=%s stops the start with a sentence that names it', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(ConfigError);
    expect(() => read({ [name]: value })).toThrow(new RegExp(`^${name}: .+\\.$`));
  });

  test('never repeats a value that may hold a password', () => {
    expect(() => read({ DATABASE_URL: 'mysql://root:geheim@db' })).not.toThrow(/geheim/);
    expect(() => read({ DATABASE_URL: 'mysql://root:geheim@db' })).toThrow(/DATABASE_URL/);
  });

  test('needs a secret in production', () => {
    expect(() => read({ NODE_ENV: 'production' })).toThrow(/^SECRET_KEY: /);
    expect(read({ NODE_ENV: 'production', SECRET_KEY: 'x'.repeat(32) }).production).toBe(true);
  });
});
