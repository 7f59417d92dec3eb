import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { UsersService } from '../../src/modules/identity/users.service.js';
import { runAs, SYSTEM, type UserRole } from '../../src/platform/database/actor.js';

export interface HttpAnswer<B = Record<string, never>> {
  status: number;
  // the shape of an answer is what a test asserts, so it is not declared beforehand
  body: B;
  text: string;
  headers: Record<string, string | string[] | number | undefined>;
}

type Headers = Record<string, string>;

/** Calls the program as a client would, cookies and all, without a socket. */
export class HttpClient {
  constructor(
    private readonly app: NestFastifyApplication,
    readonly headers: Readonly<Headers> = {},
    /** Whose client this is; null for nobody's. */
    readonly userId: string | null = null,
  ) {}

  with(headers: Headers): HttpClient {
    return new HttpClient(this.app, { ...this.headers, ...headers }, this.userId);
  }

  get<B = never>(url: string, headers: Headers = {}): Promise<HttpAnswer<B>> {
    return this.send('GET', url, undefined, headers);
  }

  post<B = never>(url: string, body: unknown = {}, headers: Headers = {}): Promise<HttpAnswer<B>> {
    return this.send('POST', url, body, headers);
  }

  patch<B = never>(url: string, body: unknown, headers: Headers = {}): Promise<HttpAnswer<B>> {
    return this.send('PATCH', url, body, headers);
  }

  put<B = never>(url: string, body: unknown, headers: Headers = {}): Promise<HttpAnswer<B>> {
    return this.send('PUT', url, body, headers);
  }

  delete<B = never>(url: string, headers: Headers = {}): Promise<HttpAnswer<B>> {
    return this.send('DELETE', url, undefined, headers);
  }

  async send<B>(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    url: string,
    body: unknown,
    headers: Headers,
  ): Promise<HttpAnswer<B>> {
    const response = await this.app.inject({
      method,
      url,
      headers: { ...this.headers, ...headers },
      ...(body !== undefined && { payload: body as object | string }),
    });
    const isJson = String(response.headers['content-type']).includes('json');
    return {
      status: response.statusCode,
      body: (isJson && response.body ? response.json() : undefined) as B,
      text: response.body,
      headers: response.headers,
    };
  }
}

const PASSWORD = 'mat-khau-thu-nghiem-1';

/** Makes a user of the role and signs in through the front door. */
export async function signIn(app: NestFastifyApplication, role: UserRole, name: string): Promise<HttpClient> {
  const email = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}@sample.test`;
  const users = app.get(UsersService, { strict: false });
  const user = await runAs(SYSTEM, () => users.create({ email, name, role, password: PASSWORD }));
  const response = await app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    payload: { email, password: PASSWORD },
  });
  if (response.statusCode !== 200)
    throw new Error(`Sign-in answered ${response.statusCode}: ${response.body}`);
  const cookie = response.cookies
    .map(({ name: key, value }) => `${key}=${encodeURIComponent(value)}`)
    .join('; ');
  return new HttpClient(app, { cookie }, user.id);
}
