import { Injectable, Logger } from '@nestjs/common';
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { Clock } from '../../platform/clock/clock.js';
import { Config } from '../../platform/config/config.js';
import { Handles, type JobRun } from '../../platform/queue/handles.js';
import { imapClient, imapFailure, imapSettings, mailboxKey, type ImapSettings } from './imap-mailbox.js';
import { readMailbox } from './inbox.jobs.js';
import { InboxService } from './inbox.service.js';
import { LARGEST_MAIL } from './incoming-mail.js';
import { MailboxState, type Reading } from './mailbox-state.js';

/** Of one run; what is left is found by the next. */
const MOST_MAILS = 500;
/** Of a mail that is too large: enough for its text, which comes first. */
const BEGINNING = 1024 * 1024;
/** Of a mailbox that was never read only what came lately is taken. */
const LATELY_DAYS = 14;
/** Before the last reading, when a server has numbered its mails anew. */
const OVERLAP_DAYS = 2;
const DAY_MS = 86_400_000;

/** Reads the mailbox; whatever goes wrong is on record for the health page and never stops the program. */
@Injectable()
export class ReadMailboxJob {
  private readonly logger = new Logger('Inbox');

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly state: MailboxState,
    private readonly inbox: InboxService,
  ) {}

  @Handles(readMailbox)
  async handle(_payload: unknown, { signal }: JobRun): Promise<{ read: number } | null> {
    if (!this.config.imapUrl) return null;
    const settings = imapSettings(this.config.imapUrl);
    const reading = await this.state.begin(mailboxKey(settings));
    if (!reading) return null;
    const client = imapClient(settings);
    const stop = (): void => client.close();
    signal.addEventListener('abort', stop);
    try {
      const read = await this.readNew(client, settings, reading);
      await this.state.end(reading, null);
      return { read };
    } catch (error) {
      const code = imapFailure(error);
      this.logger.warn({ reason: code }, 'The mailbox could not be read; it is tried again.');
      await this.state.end(reading, code);
      return { read: 0 };
    } finally {
      signal.removeEventListener('abort', stop);
      client.close();
    }
  }

  private async readNew(client: ImapFlow, { folder }: ImapSettings, reading: Reading): Promise<number> {
    await client.connect();
    const mailbox = await client.mailboxOpen(folder, { readOnly: !this.config.imapMoveTo });
    if (mailbox.exists === 0 && reading.uidValidity === mailbox.uidValidity) return 0;
    const uids = (await this.newUids(client, mailbox, reading)).slice(0, MOST_MAILS);
    if (uids.length === 0) return 0;
    const mails: FetchMessageObject[] = [];
    for await (const mail of client.fetch(
      uids.join(','),
      { uid: true, size: true, internalDate: true },
      { uid: true },
    ))
      mails.push(mail);
    let read = 0;
    for (const mail of mails.sort((one, other) => one.uid - other.uid))
      if (await this.readOne(client, reading, mail)) read++;
    await client.logout();
    return read;
  }

  private async newUids(
    client: ImapFlow,
    mailbox: { uidValidity: bigint; uidNext: number },
    reading: Reading,
  ): Promise<number[]> {
    const known = reading.uidValidity === mailbox.uidValidity;
    const back = reading.lastReadAt ? OVERLAP_DAYS : LATELY_DAYS;
    const since = new Date((reading.lastReadAt ?? this.clock.now()).getTime() - back * DAY_MS);
    const found = await client.search(known ? { uid: `${reading.lastUid + 1}:*` } : { since }, { uid: true });
    const uids = (found || [])
      .filter((uid) => !known || uid > reading.lastUid)
      .sort((one, other) => one - other);
    if (!known) await this.state.renumber(reading, mailbox.uidValidity, (uids[0] ?? mailbox.uidNext) - 1);
    return uids;
  }

  /** The mail and how far was read are written together: killed before or after, it is read once. */
  private async readOne(
    client: ImapFlow,
    reading: Reading,
    { uid, size = 0, internalDate }: FetchMessageObject,
  ): Promise<boolean> {
    const cut = size > LARGEST_MAIL;
    const fetched = await client.fetchOne(
      `${uid}`,
      { uid: true, source: cut ? { start: 0, maxLength: BEGINNING } : true },
      { uid: true },
    );
    // gone meanwhile: somebody has moved or deleted it
    if (!fetched || !fetched.source) return false;
    const receivedAt = internalDate ? new Date(internalDate) : this.clock.now();
    let taken = false;
    await this.inbox.take(
      await this.inbox.open(fetched.source),
      { channel: 'imap', receivedAt, cut },
      async () => {
        taken = await this.state.advance(reading, uid);
        return taken;
      },
    );
    if (taken && this.config.imapMoveTo)
      await client.messageMove(`${uid}`, this.config.imapMoveTo, { uid: true });
    return taken;
  }
}
