import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UsersQueries } from '../../src/modules/identity/users.queries.js';
import { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

interface User {
  id: string;
  email: string;
  name: string;
  role: string;
  active: boolean;
  version: number;
}
interface Problem {
  code: string;
  errors?: { path: string; code: string }[];
}

const PASSWORD = 'mat-khau-rat-dai-1';

describe('accounts', () => {
  let t: TestApp;
  let admin: HttpClient;
  let counter = 0;

  beforeAll(async () => {
    t = await startApp();
    admin = await t.http.as('admin');
  });
  afterAll(() => t.close());

  const make = async (role = 'officer', more: object = {}) => {
    counter += 1;
    const body = {
      email: `nguoi${counter}@so-ct.example`,
      name: `Người ${counter}`,
      role,
      password: PASSWORD,
      ...more,
    };
    const answer = await admin.post<User>('/api/v1/users', body);
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const signIn = async (email: string) => {
    await t.db.query('DELETE FROM sign_in_limit');
    const response = await t.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email, password: PASSWORD },
    });
    return {
      status: response.statusCode,
      code: response.json<Problem>().code,
      cookie: String(response.headers['set-cookie']).split(';')[0]!,
    };
  };

  test('an account with a password signs in at once, with its role and no more', async () => {
    const user = await make('manager');
    const { status, cookie } = await signIn(user.email);
    expect(status).toBe(200);
    const manager = new HttpClient(t.app, { cookie });
    expect((await manager.get('/api/v1/audit')).status).toBe(200);
    expect((await manager.get('/api/v1/users')).status).toBe(403);
    expect(
      (await manager.post('/api/v1/users', { email: 'a@b.example', name: 'A', role: 'admin' })).status,
    ).toBe(403);
    expect((await manager.get<User[]>('/api/v1/colleagues')).body.map(({ id }) => id)).toContain(user.id);
  });

  test('an address is taken once, in whatever case', async () => {
    const { email } = await make();
    const again = await admin.post<Problem>('/api/v1/users', {
      email: email.toUpperCase(),
      name: 'X',
      role: 'officer',
    });
    expect([again.status, again.body.code]).toEqual([409, 'email_taken']);
  });

  test('two requests for one address at once make one account', async () => {
    const body = { email: 'hai-lan@so-ct.example', name: 'Hai', role: 'officer', password: PASSWORD };
    const answers = await Promise.all([admin.post('/api/v1/users', body), admin.post('/api/v1/users', body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test('a change needs the version seen, and a stale one changes nothing', async () => {
    const user = await make();
    const url = `/api/v1/users/${user.id}`;
    expect((await admin.patch(url, { role: 'manager' })).status).toBe(428);
    expect((await admin.patch(url, { role: 'manager' }, { 'if-match': '"9"' })).status).toBe(412);
    const changed = await admin.patch<User>(
      url,
      { role: 'manager', name: 'Đổi tên' },
      { 'if-match': `"${user.version}"` },
    );
    expect([changed.status, changed.body.role, changed.body.name, changed.headers.etag]).toEqual([
      200,
      'manager',
      'Đổi tên',
      '"2"',
    ]);
    expect((await admin.patch(url, { role: 'officer' }, { 'if-match': `"${user.version}"` })).status).toBe(
      412,
    );
  });

  test('deactivating ends sessions and keys at once, refuses the sign-in, and can be taken back', async () => {
    const leaving = await make('admin');
    const heir = await make();
    const { cookie } = await signIn(leaving.email);
    const before = new HttpClient(t.app, { cookie });
    const { body: key } = await before.post<{ key: string }>('/api/v1/api-keys', {
      name: 'bàn giao',
      role: 'officer',
    });
    expect((await t.http.anonymous.get('/api/v1/me', { 'x-api-key': key.key })).status).toBe(200);

    const refused = await admin.post<Problem>(`/api/v1/users/${leaving.id}/deactivate`, {
      handOverTo: leaving.id,
    });
    expect([refused.status, refused.body.errors![0]!.code]).toEqual([400, 'user_cannot_take_over']);
    const done = await admin.post<User>(`/api/v1/users/${leaving.id}/deactivate`, { handOverTo: heir.id });
    expect([done.status, done.body.active]).toEqual([200, false]);
    expect((await before.get('/api/v1/me')).status).toBe(401);
    expect((await t.http.anonymous.get('/api/v1/me', { 'x-api-key': key.key })).status).toBe(401);
    expect(await signIn(leaving.email)).toMatchObject({ status: 403, code: 'account_deactivated' });
    expect(await t.db.query('SELECT 1 FROM user_session WHERE user_id = $1', [leaving.id])).toHaveLength(0);

    const twice = await admin.post<Problem>(`/api/v1/users/${leaving.id}/deactivate`, {
      handOverTo: heir.id,
    });
    expect([twice.status, twice.body.code]).toEqual([409, 'user_already_deactivated']);
    const other = await make();
    const dead = await admin.post(`/api/v1/users/${other.id}/deactivate`, { handOverTo: leaving.id });
    expect(dead.status).toBe(400);

    expect((await admin.post(`/api/v1/users/${leaving.id}/reactivate`)).status).toBe(200);
    expect((await signIn(leaving.email)).status).toBe(200);
    expect((await admin.post(`/api/v1/users/${leaving.id}/reactivate`)).status).toBe(409);
    await admin.post(`/api/v1/users/${leaving.id}/deactivate`, { handOverTo: heir.id });
  });

  test('the last active administrator can be neither demoted nor deactivated, also by two requests at once', async () => {
    const second = await make('admin');
    const heir = await make();
    const [first] = (
      await admin.get<{ items: User[] }>('/api/v1/users?role=admin&active=true&sort=createdAt')
    ).body.items;
    const answers = await Promise.all([
      admin.patch<Problem>(
        `/api/v1/users/${first!.id}`,
        { role: 'officer' },
        { 'if-match': `"${first!.version}"` },
      ),
      admin.post<Problem>(`/api/v1/users/${second.id}/deactivate`, { handOverTo: heir.id }),
    ]);
    const left = await t.db.query<User>(
      `SELECT id FROM app_user WHERE role = 'admin' AND deactivated_at IS NULL`,
    );
    // whoever is left: make the signed-in one administrator again for the other tests
    await t.db.query(`UPDATE app_user SET role = 'admin' WHERE id = $1`, [first!.id]);
    expect(left).toHaveLength(1);
    // one was done; the other met the rule, or came when its caller was no administrator any more
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = answers.find(({ status }) => status !== 200)!;
    expect([
      [409, 'last_administrator'],
      [403, 'forbidden'],
    ]).toContainEqual([refused.status, refused.body.code]);
  });

  test('lists are filtered, searched without accents and paged without gaps', async () => {
    for (const name of ['Đặng Văn Hùng', 'Đặng Thị Hà', 'Trần Đăng']) await make('officer', { name });
    const found = await admin.get<{ items: User[]; total: number }>('/api/v1/users?q=dang&role=officer');
    expect(found.body.items.map(({ name }) => name)).toEqual(['Đặng Thị Hà', 'Đặng Văn Hùng', 'Trần Đăng']);
    const all = (
      await admin.get<{ items: User[] }>('/api/v1/users?limit=200&sort=-createdAt')
    ).body.items.map(({ id }) => id);
    const paged: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: { items: User[]; nextCursor: string | null } } = await admin.get(
        `/api/v1/users?limit=3&sort=-createdAt${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      paged.push(...page.body.items.map(({ id }) => id));
      cursor = page.body.nextCursor;
    }
    expect(paged).toEqual(all);
    const off = await admin.get<{ items: User[] }>('/api/v1/users?active=false');
    expect(off.body.items.every(({ active }) => !active)).toBe(true);
  });

  test('other modules ask for people in bulk, and for whom to escalate to', async () => {
    const queries = t.get(UsersQueries);
    const manager = await make('manager');
    const officer = await make();
    const many = await queries.getMany([manager.id, officer.id, '00000000-0000-7000-8000-000000000000']);
    expect(new Set(many.map(({ id }) => id))).toEqual(new Set([manager.id, officer.id]));
    expect((await queries.activeManagers()).every(({ role, active }) => role === 'manager' && active)).toBe(
      true,
    );
    expect(await queries.find('00000000-0000-7000-8000-000000000000')).toBeNull();
  });

  test('everything is in the audit, with who did it and without passwords', async () => {
    const user = await make();
    await admin.patch(`/api/v1/users/${user.id}`, { role: 'manager' }, { 'if-match': '"1"' });
    interface Entry {
      action: string;
      actor: { kind: string; id: string; name: string };
      changes: Record<string, unknown>;
      requestId: string;
    }
    const { body } = await admin.get<{ items: Entry[] }>(`/api/v1/audit?table=app_user&rowId=${user.id}`);
    expect(body.items.map(({ action }) => action)).toEqual(['update', 'insert']);
    expect(body.items[0]!.changes).toEqual({ role: ['officer', 'manager'] });
    expect(body.items[0]!.actor).toEqual({ kind: 'user', id: admin.userId, name: 'admin' });
    expect(body.items[0]!.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.stringify(body)).not.toContain(PASSWORD);
    const mine = await admin.get<{ items: Entry[] }>(`/api/v1/audit?actorId=${admin.userId}&limit=2`);
    expect(mine.body.items).toHaveLength(2);
    const officer = await t.http.as('officer');
    expect((await officer.get('/api/v1/audit')).status).toBe(403);
  });

  test('audit pages go through every entry once, newest first', async () => {
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: { items: { id: string }[]; nextCursor: string | null } } = await admin.get(
        `/api/v1/audit?limit=7${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      ids.push(...page.body.items.map(({ id }) => id));
      cursor = page.body.nextCursor;
    }
    const [row] = await t.db.query<{ n: number }>('SELECT count(*)::int AS n FROM audit_entry');
    expect(ids).toHaveLength(row!.n);
    expect(ids).toEqual([...ids].sort((a, b) => Number(b) - Number(a)));
  });

  test('one’s own name and language, but not one’s own role', async () => {
    const officer = await t.http.as('officer');
    const me = await officer.get<User>('/api/v1/me');
    const headers = { 'if-match': String(me.headers.etag) };
    const changed = await officer.patch<{ language: string; role: string }>(
      '/api/v1/me',
      { language: 'en' },
      headers,
    );
    expect([changed.status, changed.body.language, changed.body.role]).toEqual([200, 'en', 'officer']);
    const greedy = await officer.patch<Problem>('/api/v1/me', { role: 'admin' }, { 'if-match': '"2"' });
    expect([greedy.status, greedy.body.errors![0]]).toMatchObject([
      400,
      { path: 'role', code: 'unknown_field' },
    ]);
  });
});
