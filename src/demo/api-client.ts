import type { StoryLanguage } from './narrator.js';

/** The program answered a request of the story by a refusal. */
export class ApiRefused extends Error {
  constructor(
    request: string,
    readonly status: number,
    answer: string,
  ) {
    super(`${request} answered ${status}: ${answer.slice(0, 600)}`);
  }
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total: number;
}

/** Somebody who uses the program over HTTP, as the web app or another program would. */
export class ApiClient {
  private cookie = '';

  constructor(
    private readonly baseUrl: string,
    private readonly language: StoryLanguage,
  ) {}

  async signIn(email: string, password: string): Promise<void> {
    const response = await this.send(
      'POST',
      '/api/auth/sign-in/email',
      JSON.stringify({ email, password }),
      {},
    );
    this.cookie = response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0]!)
      .join('; ');
  }

  get<T>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  post<T>(path: string, body: object = {}): Promise<T> {
    return this.call<T>('POST', path, body);
  }

  /** Every row of a list, page by page. */
  async all<T>(path: string): Promise<T[]> {
    const rows: T[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const next = new URLSearchParams({ limit: '200', ...(cursor && { cursor }) });
      const page: Page<T> = await this.get(`${path}${path.includes('?') ? '&' : '?'}${next.toString()}`);
      rows.push(...page.items);
      cursor = page.nextCursor;
    }
    return rows;
  }

  private async call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    const response = await this.send(method, path, body && JSON.stringify(body), {});
    return (await response.json()) as T;
  }

  private async send(
    method: string,
    path: string,
    body: string | undefined,
    headers: Record<string, string>,
  ): Promise<Response> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      body,
      headers: {
        'accept-language': this.language,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.cookie && { cookie: this.cookie }),
        ...headers,
      },
    });
    if (!response.ok) throw new ApiRefused(`${method} ${path}`, response.status, await response.text());
    return response;
  }
}

/** Somebody without an account, who sends a form from a page or a mail program. */
export async function postForm(url: string, fields: Record<string, string>): Promise<string> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
  const text = await response.text();
  if (!response.ok) throw new ApiRefused('POST (form)', response.status, text);
  return text;
}
