import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { simpleParser } from 'mailparser';
import type { Clock } from '../clock/clock.js';
import { compose } from './compose.js';
import { Mailer, type OutgoingMail } from './mailer.js';

export interface MailboxEntry {
  id: string;
  to: string;
  subject: string;
  sentAt: string | null;
}

export interface MailboxMail extends MailboxEntry {
  from: string;
  replyTo: string | null;
  text: string;
  html: string | null;
  headers: Record<string, string>;
}

const NAME = /^\d{13}-[0-9a-f]{16}\.eml$/;

/** Mail without a mail server: every message becomes a file in `DATA_DIR/mailbox`. */
export class LocalMailbox extends Mailer {
  private readonly folder: string;

  constructor(
    dataDir: string,
    private readonly clock: Clock,
  ) {
    super();
    this.folder = join(dataDir, 'mailbox');
  }

  /** The same Message-ID is the same file: sent again, it does not show twice. */
  async send(mail: OutgoingMail): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const now = this.clock.now();
    const digest = createHash('sha256').update(mail.messageId).digest('hex').slice(0, 16);
    if ((await this.files()).some((file) => file.endsWith(`-${digest}.eml`))) return;
    const file = join(this.folder, `${String(now.getTime()).padStart(13, '0')}-${digest}.eml`);
    await writeFile(`${file}.part`, await compose(mail, now), { mode: 0o600 });
    await rename(`${file}.part`, file);
  }

  async check(): Promise<boolean> {
    return true;
  }

  /** Newest first. */
  async list(limit: number): Promise<MailboxEntry[]> {
    const newest = (await this.files()).sort().reverse().slice(0, limit);
    return Promise.all(
      newest.map(async (file) => {
        const { id, to, subject, sentAt } = await this.parse(file);
        return { id, to, subject, sentAt };
      }),
    );
  }

  async find(id: string): Promise<MailboxMail | null> {
    const file = `${id}.eml`;
    return NAME.test(file) && (await this.files()).includes(file) ? this.parse(file) : null;
  }

  private async files(): Promise<string[]> {
    return (await readdir(this.folder).catch(() => [])).filter((name) => NAME.test(name));
  }

  private async parse(file: string): Promise<MailboxMail> {
    const mail = await simpleParser(await readFile(join(this.folder, file)));
    const to = Array.isArray(mail.to) ? mail.to[0] : mail.to;
    return {
      id: file.replace('.eml', ''),
      to: to?.text ?? '',
      from: mail.from?.text ?? '',
      replyTo: mail.replyTo?.text ?? null,
      subject: mail.subject ?? '',
      sentAt: mail.date?.toISOString() ?? null,
      text: mail.text ?? '',
      html: mail.html || null,
      headers: Object.fromEntries(
        mail.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).trim()]),
      ),
    };
  }
}
