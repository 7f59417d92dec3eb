import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { CalendarException } from '../../src/platform/calendar/calendar-exception.entity.js';
import { CalendarModule } from '../../src/platform/calendar/calendar.module.js';
import { CalendarSeed } from '../../src/platform/calendar/calendar.seed.js';
import { Calendar } from '../../src/platform/calendar/calendar.js';
import { ClockModule } from '../../src/platform/clock/clock.module.js';
import { ConfigModule } from '../../src/platform/config/config.module.js';
import { Config } from '../../src/platform/config/config.js';
import type { Actor } from '../../src/platform/database/actor.js';
import { connectionOptions, DatabaseModule } from '../../src/platform/database/database.module.js';
import { Database } from '../../src/platform/database/database.js';
import { Authenticator } from '../../src/platform/http/access.guard.js';
import { HttpModule } from '../../src/platform/http/http.module.js';
import { Platform1764000000000 } from '../../src/migrations/1764000000000-platform.js';

const schema = { entities: [CalendarException], migrations: [Platform1764000000000] };

/** Everyone is an administrator of the calendar. */
class OpenAuthenticator extends Authenticator {
  async authenticate(): Promise<Actor> {
    return { kind: 'system', id: null, name: 'test', role: 'admin' };
  }

  may(_actor: Actor, action: string): boolean {
    return ['calendar.read', 'calendar.write'].includes(action);
  }
}

@Global()
@Module({ providers: [{ provide: Authenticator, useClass: OpenAuthenticator }], exports: [Authenticator] })
class AuthenticatorModule {}

@Module({})
class TestApp {
  static forRoot(config: Config) {
    const platform = [
      ConfigModule.forRoot(config),
      ClockModule.forRoot(),
      DatabaseModule.forRoot(config, schema),
    ];
    return { module: TestApp, imports: [...platform, AuthenticatorModule, HttpModule, CalendarModule] };
  }
}

const server = new URL(process.env.TEST_PG_URL!);
const name = `calendar_${randomBytes(6).toString('hex')}`;
const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
const env = { NODE_ENV: 'test', DATABASE_URL: url, SECRET_KEY: 'a-secret-for-tests-of-32-characters' };

async function onServer(statement: string): Promise<void> {
  const client = new Client(server.href);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function startApp(): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    TestApp.forRoot(new Config(env)),
    new FastifyAdapter(),
    { logger: false, abortOnError: false },
  );
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

let app: NestFastifyApplication;
let calendar: Calendar;
let db: Database;

beforeAll(async () => {
  await onServer(`CREATE DATABASE ${name}`);
  const source = await new DataSource(connectionOptions(new Config(env), schema)).initialize();
  await source.runMigrations();
  const [{ exists }] = await source.query(`SELECT to_regclass('calendar_exception') IS NOT NULL AS exists`);
  if (!exists) {
    await source.synchronize();
    await source.query(`SELECT audit_watch('calendar_exception')`);
  }
  await source.destroy();
  app = await startApp();
  calendar = app.get(Calendar);
  db = app.get(Database);
});

afterAll(async () => {
  await app?.close();
  await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
});

beforeEach(async () => {
  await db.execute('TRUNCATE calendar_exception, audit_entry');
  calendar.forget();
});

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

async function call(
  method: Method,
  path: string,
  body?: object | null,
  headers: Record<string, string> = {},
) {
  const payload = body ?? undefined;
  const answer = await app.inject({ method, url: `/api/v1/calendar/${path}`, payload, headers });
  return {
    status: answer.statusCode,
    etag: answer.headers.etag,
    body: answer.body ? answer.json() : undefined,
  };
}

const swap = {
  day: '2027-05-08',
  kind: 'working_day',
  nameVi: 'Làm bù',
  nameEn: 'Working Saturday',
  source: 'Thông báo số 1',
};

describe('exceptions', () => {
  test('what is written counts at once, also in a view taken afterwards', async () => {
    expect(await calendar.isWorkingDay('2027-05-08')).toBe(false);
    const made = await call('POST', 'exceptions', swap);
    expect(made).toMatchObject({ status: 201, etag: '"1"', body: { ...swap, version: 1 } });
    expect(await calendar.isWorkingDay('2027-05-08')).toBe(true);
    const friday = new Date('2027-05-07T15:00+07:00');
    expect(await calendar.addWorkingDays(friday, 1)).toEqual(new Date('2027-05-08T15:00+07:00'));

    const path = `exceptions/${made.body.id}`;
    const changed = await call('PATCH', path, { day: '2027-05-15' }, { 'if-match': '"1"' });
    expect(changed).toMatchObject({
      status: 200,
      etag: '"2"',
      body: { day: '2027-05-15', nameVi: 'Làm bù' },
    });
    expect((await calendar.view()).isWorkingDay('2027-05-08')).toBe(false);
    expect(await calendar.dueAt(friday, { amount: 8, unit: 'day' }, '10:00')).toEqual(
      new Date('2027-05-15T10:00+07:00'),
    );

    expect(await call('GET', path)).toMatchObject({ status: 200, etag: '"2"' });
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('GET', path)).status).toBe(404);
    expect(await calendar.workingDays('2027-05-14', '2027-05-17')).toEqual(['2027-05-14', '2027-05-17']);
  });

  test('a change that is rolled back leaves no trace in what is kept', async () => {
    const undone = db.transaction(async () => {
      await db.execute(
        `INSERT INTO calendar_exception VALUES (gen_random_uuid(), '2027-05-08', 'working_day', '', '', '', 1, $1, $1)`,
        [new Date()],
      );
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await calendar.isWorkingDay('2027-05-08')).toBe(false);
  });

  test('a stale version, a missing one and a day that is taken change nothing', async () => {
    const { body } = await call('POST', 'exceptions', swap);
    const other = await call('POST', 'exceptions', { ...swap, day: '2027-05-09' });
    const path = `exceptions/${body.id}`;
    expect((await call('PATCH', path, { kind: 'day_off' }, { 'if-match': '"7"' })).status).toBe(412);
    expect((await call('PATCH', path, { kind: 'day_off' })).status).toBe(428);
    const taken = await call('POST', 'exceptions', swap);
    expect(taken).toMatchObject({ status: 409, body: { code: 'calendar_exception_exists' } });
    const moved = await call(
      'PATCH',
      `exceptions/${other.body.id}`,
      { day: swap.day },
      { 'if-match': '"1"' },
    );
    expect(moved).toMatchObject({ status: 409, body: { code: 'calendar_exception_exists' } });
    expect((await call('GET', path)).body).toEqual(body);
  });

  test.each([
    ['missing', { ...swap, source: undefined }, 'source', 'required'],
    ['empty', { ...swap, nameVi: '  ' }, 'nameVi', /^(required|invalid_format)$/],
    ['too long', { ...swap, nameEn: 'x'.repeat(201) }, 'nameEn', 'too_long'],
    ['wrongly typed', { ...swap, day: 20270508 }, 'day', 'invalid_date'],
    ['no day', { ...swap, day: '2027-02-30' }, 'day', 'invalid_date'],
    ['the year 1', { ...swap, day: '0001-01-01' }, 'day', 'invalid_date'],
    ['the year 9999', { ...swap, day: '9999-01-01' }, 'day', 'invalid_date'],
    ['no kind of ours', { ...swap, kind: 'holiday' }, 'kind', 'not_one_of'],
    ['unknown', { ...swap, version: 4 }, 'version', 'unknown_field'],
    ['hostile', { ...swap, nameVi: 'a\u0000b' }, 'nameVi', 'invalid_characters'],
  ])('a field that is %s is refused by name', async (_case, body, path, code) => {
    const answer = await call('POST', 'exceptions', body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([expect.objectContaining({ path })]);
    expect(answer.body.errors[0].code).toMatch(code);
  });

  test('a change may leave a field out, but not empty it', async () => {
    const { body } = await call('POST', 'exceptions', swap);
    const headers = { 'if-match': '"1"' };
    for (const bad of [{ nameVi: null }, { day: null }, { kind: '' }, { source: 7 }, { id: body.id }]) {
      expect((await call('PATCH', `exceptions/${body.id}`, bad, headers)).status).toBe(400);
    }
    expect((await call('PATCH', 'exceptions/none', {}, headers)).status).toBe(400);
    expect((await call('PATCH', 'exceptions/019a0000-0000-7000-8000-000000000000', {}, headers)).status).toBe(
      404,
    );
  });

  test('the list has pages, years, kinds and a search that needs no accents', async () => {
    await app.get(CalendarSeed).load();
    const first = await call('GET', 'exceptions?limit=4');
    expect(first.body).toMatchObject({
      total: 6,
      items: [{ day: '2025-04-26' }, {}, {}, { day: '2026-01-10' }],
    });
    const rest = await call('GET', `exceptions?limit=4&cursor=${encodeURIComponent(first.body.nextCursor)}`);
    expect(rest.body).toMatchObject({
      items: [{ day: '2026-08-22' }, { day: '2026-08-31' }],
      nextCursor: null,
    });
    const found = await call('GET', 'exceptions?year=2026&kind=day_off&q=QUOC%20khanh&sort=-day');
    expect(found.body).toMatchObject({ total: 1, items: [{ day: '2026-08-31', version: 1 }] });
    for (const bad of [
      'year=1',
      'year=x',
      'kind=x',
      'limit=0',
      'sort=name',
      `cursor=${first.body.nextCursor}x`,
      'x=1',
    ]) {
      expect((await call('GET', `exceptions?${bad}`)).status).toBe(400);
    }
  });

  test('loading the announcements again brings nothing back that was deleted or moved', async () => {
    const seed = app.get(CalendarSeed);
    await seed.load();
    const { body } = await call('GET', 'exceptions?year=2026');
    await call('DELETE', `exceptions/${body.items[0].id}`);
    await call('PATCH', `exceptions/${body.items[1].id}`, { day: '2026-01-17' }, { 'if-match': '"1"' });
    await call('PATCH', `exceptions/${body.items[2].id}`, { nameEn: 'Renamed' }, { 'if-match': '"1"' });
    await seed.load();
    const { items } = (await call('GET', 'exceptions?year=2026')).body;
    expect(items.map((item: { day: string }) => item.day)).toEqual([
      '2026-01-17',
      '2026-08-22',
      '2026-08-31',
    ]);
    expect(items[1].nameEn).toBe('Renamed');
  });
});

describe('working days', () => {
  test('every day says whether it works, and why not', async () => {
    await app.get(CalendarSeed).load();
    const { status, body } = await call('GET', 'working-days?from=2026-08-21&to=2026-09-03');
    expect(status).toBe(200);
    expect(body.workingDays).toBe(8);
    expect(body.items[0]).toEqual({ day: '2026-08-21', working: true });
    expect(body.items[1]).toMatchObject({ working: true, reason: { kind: 'working_day' } });
    expect(body.items[2].reason).toEqual({
      kind: 'weekly_day_off',
      vi: 'Nghỉ hằng tuần',
      en: 'Weekly day off',
    });
    expect(body.items[12]).toEqual({
      day: '2026-09-02',
      working: false,
      reason: {
        kind: 'holiday',
        vi: 'Quốc khánh',
        en: 'National Day',
        source: expect.stringContaining('điều 112'),
      },
    });
    const inLieu = await call('GET', 'working-days?from=2026-04-27&to=2026-04-27');
    expect(inLieu.body.items[0].reason).toMatchObject({
      kind: 'compensation',
      vi: 'Nghỉ bù Giỗ Tổ Hùng Vương',
    });
  });

  test('at most 366 days, in order, between 1900 and 2100', async () => {
    expect((await call('GET', 'working-days?from=2028-01-01&to=2028-12-31')).body.items).toHaveLength(366);
    const english = { 'accept-language': 'en' };
    const tooLong = await call('GET', 'working-days?from=2027-01-01&to=2028-01-02', null, english);
    expect(tooLong.body.errors).toEqual([
      { path: 'to', code: 'calendar_range_too_long', message: 'At most 366 days can be shown at once.' },
    ]);
    const reversed = await call('GET', 'working-days?from=2027-01-02&to=2027-01-01');
    expect(reversed.body.errors[0]).toMatchObject({ path: 'to', code: 'calendar_range_reversed' });
    for (const query of [
      '',
      'from=2027-01-01',
      'from=0001-01-01&to=0001-01-02',
      'from=9999-01-01&to=9999-01-01',
      'from=x&to=y',
    ]) {
      expect((await call('GET', `working-days?${query}`)).status).toBe(400);
    }
  });
});

test('another process sees a change within ten seconds', async () => {
  const second = await startApp();
  try {
    const there = second.get(Calendar);
    expect(await there.isWorkingDay('2027-05-08')).toBe(false);
    await call('POST', 'exceptions', swap);
    const later = performance.now() + 10_001;
    jest.spyOn(performance, 'now').mockReturnValue(later);
    expect(await there.isWorkingDay('2027-05-08')).toBe(true);
  } finally {
    jest.restoreAllMocks();
    await second.close();
  }
});
