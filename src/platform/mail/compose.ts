import MailComposer from 'nodemailer/lib/mail-composer';
import type { OutgoingMail } from './mailer.js';

/** The message as it goes over the wire (RFC 5322). */
export async function compose(mail: OutgoingMail, date: Date): Promise<Buffer> {
  return new MailComposer({
    from: mail.from,
    to: mail.to,
    replyTo: mail.replyTo,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    headers: mail.headers,
    ...(mail.invitation && {
      icalEvent: { method: mail.invitation.method, content: mail.invitation.content, filename: 'invite.ics' },
    }),
    date,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}
