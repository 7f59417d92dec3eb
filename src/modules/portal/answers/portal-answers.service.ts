import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Clock } from '../../../platform/clock/clock.js';
import { plusDays } from '../../../platform/calendar/days.rules.js';
import { Invalid, NotFound, ProblemError } from '../../../platform/http/problem.js';
import { ConsentService } from '../../directory/consent.service.js';
import { FollowUpService } from '../../follow-up/follow-up.service.js';
import { LeadsService } from '../../leads/leads.service.js';
import { MessageAnswers, type AnswerableMessage } from '../../messaging/message-answers.service.js';
import type { TokenPurpose } from '../../messaging/answer-token.rules.js';
import type { Answer } from '../../messaging/message.entity.js';
import { InvestorActs } from '../site/investor-acts.js';
import { PortalNotices } from './portal-notices.js';

/** The farthest day from which an investor may ask to be contacted again. */
const LONGEST_WAIT_DAYS = 3 * 365;

export interface AnswerGiven {
  answer: Answer;
  text?: string;
  until?: string;
  /** Months, in place of `until`. */
  wait?: string;
}

export interface AnswerSettled {
  message: AnswerableMessage;
  /** With `not_now`: the day from which we ask again. */
  untilDay: string | null;
  /** By when an officer reacts. */
  dueAt: Date | null;
}

/** What an investor does on the page behind a link: answer, or stop the mail. */
@Injectable()
export class PortalAnswers {
  constructor(
    private readonly clock: Clock,
    private readonly messages: MessageAnswers,
    private readonly leads: LeadsService,
    private readonly followUp: FollowUpService,
    private readonly notices: PortalNotices,
    private readonly investors: InvestorActs,
  ) {}

  /** The message behind a link that may still be answered: 404 `link_not_found`, 410 `link_expired`. */
  async read(token: string, purpose: TokenPurpose): Promise<AnswerableMessage> {
    const message = await this.messages.findByToken(token, purpose);
    if (!message || (purpose === 'answer' && isForgotten(message))) throw new NotFound('link_not_found');
    if (purpose === 'answer' && message.expired) throw new ProblemError(410, 'link_expired');
    return message;
  }

  /** Message, reminder and lead are settled in one transaction, and the owner is told. The same again is harmless. */
  async answer(token: string, { answer, text, until, wait }: AnswerGiven): Promise<AnswerSettled> {
    const message = await this.read(token, 'answer');
    const wished = wait ? plusMonths(this.clock.today(), Number(wait)) : until;
    const untilDay = answer === 'not_now' ? (wished ?? null) : null;
    if (untilDay) this.assertDay(untilDay);
    await this.investors.as(message, async () => {
      const at = this.clock.now();
      const settled = await this.messages.settleAnswer(message.messageId, {
        answer,
        note: text,
        until: untilDay,
        at,
      });
      if (!settled.changed || !settled.leadId) return;
      const reference = { refType: 'message', refId: message.messageId };
      const { ownerId } = await this.leads.settleAnswer(
        settled.leadId,
        { answer, note: text, until: untilDay, ...reference },
        at,
      );
      await this.followUp.stopForAnswer(settled.leadId, {
        answer,
        untilDay,
        messageId: message.messageId,
        contactId: settled.contactId,
      });
      await this.notices.answered({ message, ownerId, answer: { answer, note: text, untilDay }, at });
    });
    const dueAt = message.leadId ? await this.followUp.reactionDue(message.leadId) : null;
    return { message, untilDay, dueAt };
  }

  private assertDay(until: string): void {
    const today = this.clock.today();
    if (until <= today || until > plusDays(today, LONGEST_WAIT_DAYS))
      throw new Invalid('until', 'until_out_of_range');
  }
}

/** The person was erased: nothing is sent any more, and nothing is taken in the name of nobody. */
function isForgotten({ toAddress }: AnswerableMessage): boolean {
  return toAddress === '';
}

/** The same day of a later month, or its last one. */
export function plusMonths(day: string, months: number): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ months }).toISODate()!;
}

/** The one-action opt-out (Decree 91/2020; Law 75/2025; RFC 8058). */
@Injectable()
export class OptOuts {
  constructor(
    private readonly answers: PortalAnswers,
    private readonly investors: InvestorActs,
    private readonly consent: ConsentService,
  ) {}

  /** Withdraws the consent of the person behind the link, and of the mailbox that got it. Again is harmless: the ledger has one more line. */
  async withdraw(token: string, channel: 'one_click' | 'opt_out_page'): Promise<AnswerableMessage> {
    const message = await this.answers.read(token, 'opt_out');
    if (isForgotten(message)) return message;
    await this.investors.as(message, () =>
      this.consent.record({
        contactId: message.contactId,
        purpose: 'promotion_mail',
        action: 'withdrawn',
        channel,
        evidence: `message ${message.messageId}`,
        address: message.toAddress,
      }),
    );
    return message;
  }
}
