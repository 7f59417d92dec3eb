import { ApiRefused } from './api-client.js';

/** A page as a browser got it, after it was sent on. */
export interface SeenPage {
  /** The path with its query. */
  path: string;
  html: string;
}

/** Somebody without an account and without script, who opens the public pages and sends their forms. */
export class Visitor {
  private readonly cookies = new Map<string, string>();

  constructor(
    private readonly baseUrl: string,
    private readonly appUrl: string,
  ) {}

  /** @param address a path, or what a mail names */
  open(address: string): Promise<SeenPage> {
    return this.go('GET', address);
  }

  /** What the button under a form does. */
  send(address: string, fields: Record<string, string>): Promise<SeenPage> {
    return this.go('POST', address, new URLSearchParams(fields));
  }

  private async go(method: 'GET' | 'POST', address: string, body?: URLSearchParams): Promise<SeenPage> {
    const path = address.startsWith(this.appUrl) ? address.slice(this.appUrl.length) : address;
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const asked: RequestInit = { method, redirect: 'manual', headers: { cookie }, ...(body && { body }) };
    const response = await fetch(`${this.baseUrl}${path}`, asked);
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (name) this.cookies.set(name, value!);
    }
    const onward = response.headers.get('location');
    const html = await response.text();
    if (response.status === 302 || response.status === 303) return this.go('GET', onward!);
    if (!response.ok) throw new ApiRefused(`${method} ${path.split('?')[0]!}`, response.status, html);
    return { path, html };
  }
}

/** What the page's form carries along under a name; the first of several. */
export function carried({ html, path }: SeenPage, name: string): string {
  const value = new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1];
  if (value === undefined) throw new Error(`The page ${path.split('?')[0]!} offers no "${name}".`);
  return value;
}
