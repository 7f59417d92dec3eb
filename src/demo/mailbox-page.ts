import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { sharedPage } from '../platform/pages/render.js';
import type { MailCatcher } from './mail-catcher.js';
import type { Narrator } from './narrator.js';

const PATH = '/mailbox';

/** What the mail catcher holds, to be read in a browser on this very machine. */
export class MailboxPage {
  private readonly server: Server;

  constructor(
    private readonly catcher: MailCatcher,
    private readonly narrator: Narrator,
  ) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://localhost:${(this.server.address() as AddressInfo).port}${PATH}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const here = /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(request.headers.host ?? '');
    const page = here ? await this.page(new URL(request.url ?? '/', 'http://localhost').pathname) : null;
    if (page === null) response.writeHead(404).end();
    else
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
        .end(page);
  }

  /** Newest first; a mail's id is its place in the order of arrival. */
  private async page(path: string): Promise<string | null> {
    const { language } = this.narrator;
    const shown = this.catcher.mails.map((mail, id) => ({
      ...mail,
      id,
      at: this.narrator.shortMoment(mail.at),
    }));
    if (path === PATH || path === '/') return sharedPage('mailbox', language, { mails: shown.toReversed() });
    const mail = shown[Number(/^\/mailbox\/(\d{1,6})$/.exec(path)?.[1] ?? Number.NaN)];
    return mail ? sharedPage('mail', language, mail) : null;
  }
}
