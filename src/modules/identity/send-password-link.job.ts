import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { Config } from '../../platform/config/config.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { Handles } from '../../platform/queue/handles.js';
import { sendPasswordLink, type PasswordLinkReason } from './identity.jobs.js';
import { passwordLinkMail } from './password-link.mail.js';
import { Passwords } from './passwords.service.js';
import { UsersQueries } from './users.queries.js';

/** Writes to a member of the staff with the link that sets a password. */
@Injectable()
export class SendPasswordLink {
  constructor(
    private readonly db: Database,
    private readonly users: UsersQueries,
    private readonly passwords: Passwords,
    private readonly mailer: Mailer,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Run again after a crash it sends a second mail with a second link; both work. */
  @Handles(sendPasswordLink)
  async handle({ userId, reason }: { userId: string; reason: PasswordLinkReason }): Promise<void> {
    const user = await this.users.find(userId);
    if (!user?.active || (reason === 'invitation' && (await this.passwords.has(userId)))) return;
    const token = await this.passwords.makeLink(userId, reason);
    // In the fragment, which no server or proxy sees and therefore none logs.
    const link = `${this.config.appUrl}/app/set-password#${token}`;
    await this.mailer.send(
      passwordLinkMail({ user, reason, link, id: newId(), mailFrom: this.config.mailFrom }),
    );
    if (reason !== 'invitation') return;
    await this.db.transaction(() =>
      this.db.execute(`UPDATE app_user SET invited_at = $2, version = version + 1 WHERE id = $1`, [
        userId,
        this.clock.now(),
      ]),
    );
  }
}
