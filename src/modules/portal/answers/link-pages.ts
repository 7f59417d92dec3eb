import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { plusDays } from '../../../platform/calendar/days.rules.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import type { Language } from '../../../platform/i18n/i18n.js';
import { answerToken } from '../../messaging/answer-token.rules.js';
import type { AnswerableMessage } from '../../messaging/message-answers.service.js';
import { ANSWERS, type Answer } from '../../messaging/message.entity.js';
import { dayIn, hideMost } from '../site/format.rules.js';
import { portalPage } from '../site/portal-page.js';
import { WAIT_MONTHS } from './answers.dto.js';
import { plusMonths, type AnswerSettled } from './portal-answers.service.js';

/** The pages behind a link, in the language of the mail unless the reader chose another. */
@Injectable()
export class LinkPages {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly http: HttpAdapterHost,
  ) {}

  /** @param query the answer that was chosen in the mail: then one button is left to press */
  ask(
    message: AnswerableMessage,
    token: string,
    query: { lang?: Language; answer?: Answer },
  ): Promise<string> {
    const language = query.lang ?? message.language;
    const { given } = message;
    const chosen = query.answer;
    return portalPage('answer', language, {
      self: chosen ? `/r/${token}?answer=${chosen}` : `/r/${token}`,
      ...shown(message),
      token,
      chosen,
      others: ANSWERS.filter((answer) => answer !== chosen),
      given: given && { answer: given.answer, on: this.dayOf(given.at, language) },
      text: given?.note ?? '',
      ...this.waits(given?.untilDay ?? '', language),
      optOut: this.token(message, 'opt_out'),
    });
  }

  thank(
    { message, untilDay, dueAt }: AnswerSettled,
    token: string,
    { answer, lang }: { lang?: Language; answer: Answer },
  ): Promise<string> {
    const language = lang ?? message.language;
    return portalPage('answered', language, {
      self: `/r/${token}?answer=${answer}`,
      ...shown(message),
      token,
      outcome: outcomeOf(answer, { message, untilDay, dueAt }),
      until: untilDay ? dayIn(language, untilDay) : '',
      due: dueAt ? this.dayOf(dueAt, language) : '',
      ...(answer === 'visit' && this.has('/r/:token/visit') && { visit: `/r/${token}/visit` }),
      ...(message.leadId &&
        this.has('/case/open/:token') && { ownCase: `/case/open/${this.token(message, 'case')}` }),
    });
  }

  optOut(
    message: AnswerableMessage,
    token: string,
    { lang, done }: { lang?: Language; done: boolean },
  ): Promise<string> {
    return portalPage('opt-out', lang ?? message.language, {
      self: `/u/${token}`,
      token,
      done,
      email: hideMost(message.toAddress),
      preferences: this.token(message, 'preferences'),
    });
  }

  /** The easy choices with the day that each means, and what a day may be. */
  private waits(until: string, language: Language) {
    const today = this.clock.today();
    return {
      waits: WAIT_MONTHS.map((months) => ({
        months,
        day: dayIn(language, plusMonths(today, months)),
      })),
      until,
      tomorrow: plusDays(today, 1),
      latest: plusDays(today, 3 * 365),
    };
  }

  private token(message: AnswerableMessage, purpose: 'opt_out' | 'preferences' | 'case'): string {
    return answerToken(message.messageId, purpose, this.config.secretKey);
  }

  /** A link stands on a page only where something answers it. */
  private has(url: string): boolean {
    return this.http.httpAdapter.getInstance<FastifyInstance>().hasRoute({ method: 'GET', url });
  }

  private dayOf(at: Date, language: Language): string | null {
    return dayIn(language, this.clock.dayOf(at));
  }
}

function outcomeOf(answer: Answer, { message, untilDay, dueAt }: AnswerSettled): string {
  if (message.leadClosed) return 'closed';
  if (answer === 'not_now') return untilDay ? 'not_now' : 'not_now_open';
  return dueAt || answer === 'not_interested' ? answer : 'no_day';
}

function shown({ contactName, subject, officerName, agencyName, leadClosed }: AnswerableMessage) {
  return { contactName, subject, officerName: officerName ?? agencyName, leadClosed };
}
