import { expect, test } from '@jest/globals';
import { FirstAdministrator } from '../../src/modules/identity/first-administrator.js';
import { UsersService } from '../../src/modules/identity/users.service.js';
import { startApp, type TestApp } from '../support/harness.js';
import { HttpClient } from '../support/http-client.js';

async function withApp(env: Record<string, string>, work: (t: TestApp) => Promise<void>): Promise<void> {
  const t = await startApp({ env });
  try {
    await work(t);
  } finally {
    await t.close();
  }
}

const signIn = (t: TestApp, email: string, password: string) =>
  t.app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: { email, password } });

test('without a word in the environment a one-time password is told once, and is gone when changed', () =>
  withApp({}, async (t) => {
    const made = await t.get(FirstAdministrator).ensure();
    expect(made?.email).toBe('admin@dong-hanh.local');
    expect(made?.oneTimePassword).toMatch(/^([a-zA-Z2-9]{4}-){3}[a-zA-Z2-9]{4}$/);
    expect(await t.get(FirstAdministrator).ensure()).toBeNull();
    const response = await signIn(t, made!.email, made!.oneTimePassword!);
    expect(response.json<{ user: object }>().user).toMatchObject({ role: 'admin', mustChangePassword: true });
    const cookie = String(response.headers['set-cookie']).split(';')[0]!;
    const oneTime = new HttpClient(t.app, { cookie });
    expect((await oneTime.get('/api/v1/me')).body).toMatchObject({ mustChangePassword: true, version: 1 });
    for (const refused of [
      await oneTime.get('/api/v1/users'),
      await oneTime.get('/api/v1/leads'),
      await oneTime.post('/api/v1/users', { email: 'an@so-ct.example', name: 'An', role: 'officer' }),
      await oneTime.patch('/api/v1/me', { name: 'An' }, { 'if-match': '"1"' }),
    ])
      expect(refused).toMatchObject({ status: 403, body: { code: 'password_must_change' } });
    const done = await t.http.anonymous.post(
      '/api/auth/change-password',
      { currentPassword: made!.oneTimePassword, newPassword: 'mat-khau-cua-toi-1' },
      { cookie },
    );
    expect(done.status).toBe(200);
    const me = await t.http.anonymous.get<{ mustChangePassword: boolean }>('/api/v1/me', {
      cookie: String(done.headers['set-cookie']).split(';')[0]!,
    });
    expect(me.body.mustChangePassword).toBe(false);
    const changed = new HttpClient(t.app, { cookie: String(done.headers['set-cookie']).split(';')[0]! });
    const an = { email: 'an@so-ct.example', name: 'An', role: 'officer', password: 'mat-khau-cua-an-1' };
    expect((await changed.post('/api/v1/users', an)).status).toBe(201);
    const his = await signIn(t, an.email, an.password);
    const asAn = new HttpClient(t.app, { cookie: String(his.headers['set-cookie']).split(';')[0]! });
    expect((await asAn.get('/api/v1/leads')).status).toBe(200);
  }));

test('the environment names the administrator; two processes that start together make one', () =>
  withApp({ ADMIN_EMAIL: 'Sep@So-CT.example', ADMIN_PASSWORD: 'mat-khau-rieng-9' }, async (t) => {
    const first = t.get(FirstAdministrator);
    const made = await Promise.all([first.ensure(), first.ensure()]);
    expect(made.filter(Boolean)).toEqual([{ email: 'sep@so-ct.example' }]);
    const response = await signIn(t, 'sep@so-ct.example', 'mat-khau-rieng-9');
    expect(response.json<{ user: object }>().user).toMatchObject({
      role: 'admin',
      mustChangePassword: false,
    });
    const client = new HttpClient(t.app, { cookie: String(response.headers['set-cookie']).split(';')[0]! });
    expect((await client.get('/api/v1/users')).status).toBe(200);
  }));

test('with a one-time password one may also sign out', () =>
  withApp({}, async (t) => {
    const made = await t.get(FirstAdministrator).ensure();
    const response = await signIn(t, made!.email, made!.oneTimePassword!);
    const client = new HttpClient(t.app, { cookie: String(response.headers['set-cookie']).split(';')[0]! });
    expect((await client.post('/api/auth/sign-out')).status).toBe(200);
    expect((await client.get('/api/v1/me')).status).toBe(401);
  }));

test('sample accounts do not stand in for the administrator, real ones do', () =>
  withApp({}, async (t) => {
    const users = t.get(UsersService);
    const input = { name: 'Mẫu', role: 'admin' as const, password: 'mat-khau-mau-1' };
    await t.asSystem(() => users.create({ ...input, email: 'mau@sample.test', sample: true }));
    expect(await t.get(FirstAdministrator).ensure()).not.toBeNull();
    expect(await t.get(FirstAdministrator).ensure()).toBeNull();
  }));

test('an address that could never sign in is refused at the start, by the name of its variable', () =>
  withApp({ ADMIN_EMAIL: 'admin@localhost' }, async (t) => {
    await expect(t.get(FirstAdministrator).ensure()).rejects.toThrow(/^ADMIN_EMAIL: /);
  }));
