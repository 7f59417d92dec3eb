import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UsersService } from '../../src/modules/identity/users.service.js';
import { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

const PASSWORD = 'mat-khau-rat-dai-1';

interface SignedIn {
  user: { id: string; email: string; role: string; mustChangePassword: boolean };
}

describe('signing in and out', () => {
  let t: TestApp;
  let userId: string;

  beforeAll(async () => {
    t = await startApp();
    const users = t.get(UsersService);
    const user = await t.asSystem(() =>
      users.create({ email: 'Lan@So-Ct.Example', name: 'Lan', role: 'officer', password: PASSWORD }),
    );
    userId = user.id;
  });
  afterAll(() => t.close());

  const attempt = (body: object, headers: Record<string, string> = {}) =>
    t.app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: body, headers });

  /** Each test comes from an address of its own: the limit is per address. */
  const signIn = async (email = 'lan@so-ct.example', password = PASSWORD) => {
    await t.db.query('DELETE FROM sign_in_limit');
    const response = await attempt({ email, password });
    const cookie = response.cookies
      .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
      .join('; ');
    return { response, cookie, client: new HttpClient(t.app, { cookie }) };
  };

  test('the address in any case and the password start a session; the cookie keeps to the rules', async () => {
    const { response, client } = await signIn('LAN@so-ct.EXAMPLE');
    expect(response.statusCode).toBe(200);
    expect(response.json<SignedIn>().user).toEqual({
      id: userId,
      name: 'Lan',
      email: 'lan@so-ct.example',
      role: 'officer',
      language: 'vi',
      mustChangePassword: false,
    });
    expect(response.body).not.toMatch(/token/i);
    const header = String(response.headers['set-cookie']);
    expect(header).toMatch(/^dong-hanh\.session_token=/);
    expect(header).toMatch(/HttpOnly/);
    expect(header).toMatch(/SameSite=Lax/);
    expect(header).not.toMatch(/Secure/);
    const me = await client.get<{ id: string; permissions: string[] }>('/api/v1/me');
    expect(me.status).toBe(200);
    expect(me.body.id).toBe(userId);
    expect(me.body.permissions).toContain('lead.write');
    expect(me.body.permissions).not.toContain('lead.assign');
  });

  test('signing out ends the session itself, not only the cookie', async () => {
    const { client } = await signIn();
    const out = await client.post('/api/auth/sign-out');
    expect(out.status).toBe(200);
    expect(String(out.headers['set-cookie'])).toMatch(/Max-Age=0/);
    expect((await client.get('/api/v1/me')).status).toBe(401);
    expect((await client.post('/api/auth/sign-out')).status).toBe(200);
  });

  test('a wrong password, an unknown address and an address that is none are told alike', async () => {
    for (const body of [
      { email: 'lan@so-ct.example', password: 'wrong-password' },
      { email: 'nobody@so-ct.example', password: PASSWORD },
      { email: 'nobody', password: PASSWORD },
    ]) {
      await t.db.query('DELETE FROM sign_in_limit');
      const response = await attempt(body);
      expect(response.statusCode).toBe(401);
      expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(response.json<{ code: string }>().code).toBe('wrong_email_or_password');
      expect(response.headers['set-cookie']).toBeUndefined();
    }
  });

  test('a session with an end in the past, a forged or a changed cookie are nobody', async () => {
    const { cookie } = await signIn();
    const [name, value] = cookie.split('=') as [string, string];
    const token = decodeURIComponent(value).split('.')[0]!;
    const forgeries = [
      `${name}=${token}`,
      `${name}=${token}.${'A'.repeat(43)}%3D`,
      `${name}=%E0%A4%A`,
      `${name}=`,
      `x${value.slice(1)}`,
    ];
    for (const forged of forgeries) {
      expect((await t.http.anonymous.get('/api/v1/me', { cookie: forged })).status).toBe(401);
    }
    expect((await t.http.anonymous.get('/api/v1/me', { cookie })).status).toBe(200);
    await t.db.query(`UPDATE user_session SET expires_at = now() - interval '1 second' WHERE token = $1`, [
      token,
    ]);
    expect((await t.http.anonymous.get('/api/v1/me', { cookie })).status).toBe(401);
  });

  test('a session that was deleted ends at once', async () => {
    const { client } = await signIn();
    expect((await client.get('/api/v1/me')).status).toBe(200);
    await t.db.query('DELETE FROM user_session WHERE user_id = $1', [userId]);
    expect((await client.get('/api/v1/me')).status).toBe(401);
  });

  test('a session in use is prolonged once it is a day old, and its cookie with it', async () => {
    const { client } = await signIn();
    expect((await client.get('/api/v1/me')).headers['set-cookie']).toBeUndefined();
    await t.db.query(`UPDATE user_session SET expires_at = now() + interval '3 days' WHERE user_id = $1`, [
      userId,
    ]);
    const again = await client.get('/api/v1/me');
    expect(String(again.headers['set-cookie'])).toMatch(/dong-hanh\.session_token=/);
    const [row] = await t.db.query<{ days: number }>(
      `SELECT max(extract(day FROM expires_at - now()))::int AS days FROM user_session WHERE user_id = $1`,
      [userId],
    );
    expect(row!.days).toBeGreaterThanOrEqual(13);
  });

  test('a moved clock signs nobody out', async () => {
    const { client } = await signIn();
    t.clock.advance(70 * 24 * 3_600_000);
    expect((await client.get('/api/v1/me')).status).toBe(200);
  });

  test('a foreign page can neither use a cookie nor sign anybody in', async () => {
    const { client } = await signIn();
    const me = await client.get<{ version: number }>('/api/v1/me');
    const change = (headers: Record<string, string>) =>
      client.patch<{ code: string }>(
        '/api/v1/me',
        { language: 'vi' },
        { 'if-match': `"${me.body.version}"`, ...headers },
      );
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:3000.evil.example' },
      { origin: 'https://localhost:3001' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const answer = await change(headers as never);
      expect([headers, answer.status, answer.body.code]).toEqual([headers, 403, 'foreign_origin']);
    }
    for (const origin of ['https://evil.example', 'null']) {
      const answer = await attempt({ email: 'lan@so-ct.example', password: PASSWORD }, { origin });
      expect(answer.statusCode).toBe(403);
      expect(answer.json<{ code: string }>().code).toBe('foreign_origin');
      expect((await client.post('/api/auth/sign-out', {}, { origin })).status).toBe(403);
    }
    expect((await change({ origin: 'http://localhost:3000' })).status).toBe(200);
    expect((await client.get('/api/v1/me', { origin: 'https://evil.example' })).status).toBe(200);
  });

  test('the page may be reached by another name than APP_URL: then the host counts', async () => {
    const { client } = await signIn();
    const answer = await client.post(
      '/api/auth/sign-out',
      {},
      { host: '192.0.2.7:3000', origin: 'http://192.0.2.7:3000' },
    );
    expect(answer.status).toBe(200);
  });

  test('too many attempts from one address answer 429, whatever the client claims about itself', async () => {
    await t.db.query('DELETE FROM sign_in_limit');
    const statuses: number[] = [];
    for (let attemptNo = 0; attemptNo < 22; attemptNo += 1) {
      const headers = {
        'x-forwarded-for': `198.51.100.${attemptNo}`,
        'x-client-address': `198.51.100.${attemptNo}`,
      };
      statuses.push(
        (await attempt({ email: 'lan@so-ct.example', password: 'guess-guess' }, headers)).statusCode,
      );
    }
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401));
    expect(statuses.slice(20)).toEqual([429, 429]);
    const refused = await attempt({ email: 'lan@so-ct.example', password: PASSWORD });
    expect(refused.statusCode).toBe(429);
    expect(refused.json<{ code: string }>().code).toBe('too_many_requests');
    const wait = Number(refused.headers['retry-after']);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    await t.db.query('DELETE FROM sign_in_limit');
  });

  test('one’s own password: the old one is asked for, other sessions end, this one goes on', async () => {
    const here = await signIn();
    const elsewhere = await signIn();
    const wrong = await here.client.post<{ errors: { path: string; code: string }[] }>(
      '/api/auth/change-password',
      {
        currentPassword: 'not-this-one',
        newPassword: 'mat-khau-moi-2',
      },
    );
    expect([wrong.status, wrong.body.errors[0]!.path, wrong.body.errors[0]!.code]).toEqual([
      400,
      'currentPassword',
      'wrong_password',
    ]);
    const done = await here.client.post('/api/auth/change-password', {
      currentPassword: PASSWORD,
      newPassword: 'mat-khau-moi-2',
    });
    expect(done.status).toBe(200);
    expect((await elsewhere.client.get('/api/v1/me')).status).toBe(401);
    const cookie = String(done.headers['set-cookie']).split(';')[0]!;
    expect((await t.http.anonymous.get('/api/v1/me', { cookie })).status).toBe(200);
    expect((await signIn('lan@so-ct.example', PASSWORD)).response.statusCode).toBe(401);
    const back = await signIn('lan@so-ct.example', 'mat-khau-moi-2');
    await back.client.post('/api/auth/change-password', {
      currentPassword: 'mat-khau-moi-2',
      newPassword: PASSWORD,
    });
  });

  test('nothing else of the library can be reached', async () => {
    for (const [method, url] of [
      ['POST', '/api/auth/sign-up/email'],
      ['GET', '/api/auth/get-session'],
      ['POST', '/api/auth/update-user'],
      ['POST', '/api/auth/api-key/create'],
      ['POST', '/api/auth/delete-user'],
      ['GET', '/api/auth/ok'],
    ] as const) {
      const answer = await t.app.inject({ method, url, ...(method === 'POST' && { payload: {} }) });
      expect([url, answer.statusCode]).toEqual([url, 404]);
    }
  });
});

test('behind https the cookie is Secure, and only its prefixed name is believed', async () => {
  const t = await startApp({ env: { APP_URL: 'https://xuctien.langson.example' } });
  try {
    const client = await t.http.as('manager');
    expect((await client.get('/api/v1/me')).status).toBe(200);
    const response = await t.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email: 'manager@sample.test', password: 'mat-khau-thu-nghiem-1' },
      headers: { origin: 'https://xuctien.langson.example' },
    });
    expect(String(response.headers['set-cookie'])).toMatch(/^__Secure-dong-hanh\.session_token=.*; Secure/);
    const cookie = String(response.headers['set-cookie']).split(';')[0]!.replace('__Secure-', '');
    expect((await t.http.anonymous.get('/api/v1/me', { cookie })).status).toBe(401);
  } finally {
    await t.close();
  }
});
