import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

interface Problem {
  code: string;
  status: number;
  errors?: { path: string; code: string; message: string }[];
}

const SOMEONE = '00000000-0000-7000-8000-000000000000';
const HOSTILE = `'; DROP TABLE app_user; --<script>alert(1)</script>`;
const LONG = 'x'.repeat(5000);

const user = { email: 'a@b.example', name: 'A', role: 'officer', password: 'mat-khau-1' };
const bodies: [
  method: 'post' | 'patch',
  url: string,
  valid: Record<string, unknown>,
  cases: [Record<string, unknown>, string][],
][] = [
  [
    'post',
    '/api/v1/users',
    user,
    [
      [{ email: undefined }, 'email:required'],
      [{ name: undefined }, 'name:required'],
      [{ name: '  ' }, 'name:invalid_format'],
      [{ role: undefined }, 'role:required'],
      [{ email: 'nobody' }, 'email:invalid_email'],
      [{ email: `${LONG}@b.example` }, 'email:invalid_email'],
      [{ email: HOSTILE }, 'email:invalid_email'],
      [{ email: 'admin@localhost' }, 'email:invalid_email'],
      [{ email: 7 }, 'email:invalid_email'],
      [{ email: ['a@b.example'] }, 'email:invalid_email'],
      [{ name: LONG }, 'name:too_long'],
      [{ name: 'a\r\nBcc: x@y.example' }, 'name:invalid_format'],
      [{ name: 'a\u0000b' }, 'name:invalid_characters'],
      [{ name: { $gt: '' } }, 'name:must_be_text'],
      [{ role: 'root' }, 'role:not_one_of'],
      [{ role: '__proto__' }, 'role:not_one_of'],
      [{ password: 'short' }, 'password:too_short'],
      [{ password: LONG }, 'password:too_long'],
      [{ language: 'zh' }, 'language:not_one_of'],
      [{ id: SOMEONE }, 'id:unknown_field'],
      [{ sample: true }, 'sample:unknown_field'],
      [{ mustChangePassword: false }, 'mustChangePassword:unknown_field'],
    ],
  ],
  [
    'patch',
    `/api/v1/users/${SOMEONE}`,
    { name: 'A' },
    [
      [{ name: LONG }, 'name:too_long'],
      [{ role: 'root' }, 'role:not_one_of'],
      [{ email: 'new@b.example' }, 'email:unknown_field'],
      [{ deactivatedAt: null }, 'deactivatedAt:unknown_field'],
    ],
  ],
  [
    'post',
    `/api/v1/users/${SOMEONE}/deactivate`,
    { handOverTo: SOMEONE },
    [
      [{ handOverTo: undefined }, 'handOverTo:required'],
      [{ handOverTo: HOSTILE }, 'handOverTo:invalid_id'],
      [{ handOverTo: 1 }, 'handOverTo:invalid_id'],
      [{ force: true }, 'force:unknown_field'],
    ],
  ],
  [
    'patch',
    '/api/v1/me',
    { name: 'A' },
    [
      [{ name: '' }, 'name:invalid_format'],
      [{ language: 'fr' }, 'language:not_one_of'],
      [{ email: 'new@b.example' }, 'email:unknown_field'],
    ],
  ],
  [
    'post',
    '/api/v1/api-keys',
    { name: 'k', role: 'officer' },
    [
      [{ name: undefined }, 'name:required'],
      [{ name: LONG }, 'name:too_long'],
      [{ role: 'root' }, 'role:not_one_of'],
      [{ expiresInDays: 0 }, 'expiresInDays:too_small'],
      [{ expiresInDays: 4000 }, 'expiresInDays:too_large_number'],
      [{ expiresInDays: '30' }, 'expiresInDays:must_be_whole_number'],
      [{ expiresInDays: 1.5 }, 'expiresInDays:must_be_whole_number'],
      [{ userId: SOMEONE }, 'userId:unknown_field'],
    ],
  ],
  [
    'post',
    '/api/auth/sign-in/email',
    { email: 'a@b.example', password: 'x' },
    [
      [{ email: undefined }, 'email:required'],
      [{ password: undefined }, 'password:required'],
      [{ email: LONG }, 'email:too_long'],
      [{ password: LONG }, 'password:too_long'],
      [{ password: { $ne: null } }, 'password:must_be_text'],
      [{ email: ['a@b.example'] }, 'email:must_be_text'],
      [{ callbackURL: 'https://evil.example' }, 'callbackURL:unknown_field'],
      [{ rememberMe: 'yes' }, 'rememberMe:must_be_true_or_false'],
    ],
  ],
  [
    'post',
    '/api/auth/change-password',
    { currentPassword: 'x', newPassword: 'mat-khau-1' },
    [
      [{ newPassword: 'short' }, 'newPassword:too_short'],
      [{ newPassword: LONG }, 'newPassword:too_long'],
      [{ currentPassword: undefined }, 'currentPassword:required'],
      [{ revokeOtherSessions: false }, 'revokeOtherSessions:unknown_field'],
    ],
  ],
  [
    'post',
    '/api/auth/request-password-reset',
    { email: 'a@b.example' },
    [
      [{ email: 1 }, 'email:must_be_text'],
      [{ redirectTo: 'https://evil.example' }, 'redirectTo:unknown_field'],
    ],
  ],
  [
    'post',
    '/api/auth/reset-password',
    { token: 'x', newPassword: 'mat-khau-1' },
    [
      [{ token: LONG }, 'token:too_long'],
      [{ newPassword: 'short' }, 'newPassword:too_short'],
    ],
  ],
];

describe('hostile and mistaken input', () => {
  let t: TestApp;
  let admin: HttpClient;

  beforeAll(async () => {
    t = await startApp();
    admin = await t.http.as('admin');
  });
  afterAll(() => t.close());

  for (const [method, url, valid, cases] of bodies) {
    test(`${method.toUpperCase()} ${url}`, async () => {
      for (const [change, expected] of cases) {
        const body = JSON.parse(JSON.stringify({ ...valid, ...change })) as object;
        const answer = await admin[method]<Problem>(url, body, { 'if-match': '"1"' });
        expect(answer.status).toBe(400);
        expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
        expect(answer.body.code).toBe('validation_failed');
        expect(answer.body.errors!.map(({ path, code }) => `${path}:${code}`)).toContain(expected);
        for (const { message } of answer.body.errors!) expect(message).not.toMatch(/^errors:|^\w+_\w+$/);
      }
      for (const broken of ['[]', '"text"', '7', '{"a":']) {
        const answer = await admin[method]<Problem>(url, broken, {
          'content-type': 'application/json',
          'if-match': '"1"',
        });
        expect([broken, answer.status]).toEqual([broken, 400]);
      }
    });
  }

  test('queries and ids', async () => {
    const gets: [string, number][] = [
      ['/api/v1/users?limit=0', 400],
      ['/api/v1/users?limit=201', 400],
      ['/api/v1/users?limit=x', 400],
      ['/api/v1/users?sort=password', 400],
      ['/api/v1/users?sort=__proto__', 400],
      ['/api/v1/users?role=root', 400],
      ['/api/v1/users?active=maybe', 400],
      ['/api/v1/users?cursor=abc.def', 400],
      ['/api/v1/users?unknown=1', 400],
      [`/api/v1/users?q=${encodeURIComponent(HOSTILE)}`, 200],
      ['/api/v1/users?q=%25', 200],
      [`/api/v1/users?q=${LONG}`, 400],
      ['/api/v1/users/not-an-id', 400],
      [`/api/v1/users/${SOMEONE}`, 404],
      ['/api/v1/audit?table=app_user;--', 400],
      ['/api/v1/audit?actorId=1', 400],
      ['/api/v1/audit?rowId=a&rowId=b', 400],
      ['/api/v1/audit?sort=at', 200],
      ['/api/v1/api-keys?sort=key', 400],
    ];
    for (const [url, status] of gets) {
      const answer = await admin.get<Problem>(url);
      expect([url, answer.status]).toEqual([url, status]);
      expect(answer.text).not.toMatch(/SELECT|node_modules|at .*\.ts/);
    }
    for (const path of ['deactivate', 'reactivate', 'invite']) {
      const body = path === 'deactivate' ? { handOverTo: admin.userId } : {};
      expect((await admin.post(`/api/v1/users/${SOMEONE}/${path}`, body)).status).toBe(404);
    }
    expect((await admin.patch(`/api/v1/users/${SOMEONE}`, { name: 'A' }, { 'if-match': '"1"' })).status).toBe(
      404,
    );
    expect((await admin.delete('/api/v1/api-keys/x')).status).toBe(400);
  });

  test('without a sign-in every route but the public ones answers 401, in the caller’s language', async () => {
    for (const url of [
      '/api/v1/me',
      '/api/v1/users',
      '/api/v1/colleagues',
      '/api/v1/api-keys',
      '/api/v1/audit',
    ]) {
      expect((await t.http.anonymous.get(url)).status).toBe(401);
    }
    const vi = await t.http.anonymous.get<Problem & { detail: string }>('/api/v1/me');
    const en = await t.http.anonymous.get<Problem & { detail: string }>('/api/v1/me', {
      'accept-language': 'en',
    });
    expect(vi.body.detail).not.toBe(en.body.detail);
    expect(
      (
        await t.http.anonymous.post('/api/auth/change-password', {
          currentPassword: 'x',
          newPassword: 'mat-khau-1',
        })
      ).status,
    ).toBe(401);
  });

  test('a creation that is repeated under its key answers the first result', async () => {
    const body = { ...user, email: 'mot-lan@b.example' };
    const headers = { 'idempotency-key': 'once' };
    const [first, second] = [
      await admin.post<{ id: string }>('/api/v1/users', body, headers),
      await admin.post<{ id: string }>('/api/v1/users', body, headers),
    ];
    expect([second.status, second.body.id]).toEqual([201, first.body.id]);
    expect((await admin.post('/api/v1/users', { ...body, name: 'B' }, headers)).status).toBe(409);
  });
});
