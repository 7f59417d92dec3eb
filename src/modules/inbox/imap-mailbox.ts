import { ImapFlow } from 'imapflow';

export interface ImapSettings {
  host: string;
  port: number;
  secure: boolean;
  user: string;
  password: string;
  folder: string;
}

/** @param url `imaps://user:password@host:port/Folder/Sub`; each part as in any address, special characters encoded */
export function imapSettings(url: string): ImapSettings {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const secure = protocol === 'imaps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 993 : 143),
    secure,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    folder: decodeURIComponent(pathname.replace(/^\/+|\/+$/g, '')) || 'INBOX',
  };
}

/** What a mailbox is known by in the tables: no password. */
export function mailboxKey({ host, port, user, folder }: ImapSettings): string {
  return `${user}@${host}:${port}/${folder}`;
}

const PATIENCE_MS = 60_000;

/** Not yet connected. Certificates are checked; without TLS from the start, STARTTLS is used where it is offered. */
export function imapClient({ host, port, secure, user, password }: ImapSettings): ImapFlow {
  const client = new ImapFlow({
    host,
    port,
    secure,
    auth: { user, pass: password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: PATIENCE_MS,
  });
  // told by the call that was waiting; without a listener it would end the program
  client.on('error', () => undefined);
  return client;
}

/** A code that an operator can act on; the server's words may quote what is private. */
export function imapFailure(error: unknown): string {
  const { authenticationFailed, code, serverResponseCode, mailboxMissing } = error as {
    authenticationFailed?: boolean;
    code?: string;
    serverResponseCode?: string;
    mailboxMissing?: boolean;
  };
  if (authenticationFailed || serverResponseCode === 'AUTHENTICATIONFAILED') return 'auth_failed';
  if (mailboxMissing || serverResponseCode === 'NONEXISTENT') return 'folder_missing';
  if (
    /^(ECONN|ENOTFOUND|EHOST|ENET|ETIMEDOUT|EAI_|EPIPE|NoConnection|CONNECT_TIMEOUT|GREETING_TIMEOUT|ETIMEOUT)/.test(
      code ?? '',
    )
  )
    return 'unreachable';
  if (/(CERT|TLS|SSL|UNABLE_TO_VERIFY)/.test(code ?? '')) return 'certificate';
  return 'failed';
}
