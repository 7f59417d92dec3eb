import { Injectable } from '@nestjs/common';
import { plusDays } from '../../../platform/calendar/days.rules.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import type { Language } from '../../../platform/i18n/i18n.js';
import { ContactsQueries } from '../../directory/contacts.queries.js';
import { answerToken } from '../../messaging/answer-token.rules.js';
import type { AnswerableMessage } from '../../messaging/message-answers.service.js';
import { ANSWERS, type Answer } from '../../messaging/message.entity.js';
import { portalPage } from '../site/portal-page.js';

/** The pages behind a link, in the language of the mail unless the reader chose another. */
@Injectable()
export class LinkPages {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly contacts: ContactsQueries,
  ) {}

  ask(
    message: AnswerableMessage,
    token: string,
    { lang, answer }: { lang?: Language; answer?: Answer },
  ): Promise<string> {
    const today = this.clock.today();
    return portalPage('answer', lang ?? message.language, {
      self: `/r/${token}`,
      ...shown(message),
      token,
      answers: ANSWERS,
      chosen: answer ?? message.given?.answer,
      text: message.given?.note ?? '',
      until: message.given?.untilDay ?? '',
      tomorrow: plusDays(today, 1),
      latest: plusDays(today, 3 * 365),
      optOut: answerToken(message.messageId, 'opt_out', this.config.secretKey),
    });
  }

  thank(
    message: AnswerableMessage,
    token: string,
    given: { lang?: Language; answer: Answer; until?: string },
  ): Promise<string> {
    const language = given.lang ?? message.language;
    const dated = given.answer === 'not_now' && given.until;
    return portalPage('answered', language, {
      self: `/r/${token}`,
      ...shown(message),
      token,
      outcome: given.answer === 'not_now' && !dated ? 'not_now_open' : given.answer,
      until: dated ? readableDay(given.until!, language) : '',
    });
  }

  async optOut(
    message: AnswerableMessage,
    token: string,
    { lang, done }: { lang?: Language; done: boolean },
  ): Promise<string> {
    const [contact] = await this.contacts.recipients([message.contactId]);
    return portalPage('opt-out', lang ?? message.language, {
      self: `/u/${token}`,
      token,
      done,
      email: hideMost(contact?.email ?? ''),
    });
  }
}

function shown({ contactName, subject, officerName, agencyName }: AnswerableMessage): object {
  return { contactName, subject, officerName: officerName ?? agencyName };
}

function readableDay(day: string, language: Language): string {
  const locale = { vi: 'vi-VN', en: 'en-GB', zh: 'zh-CN' }[language];
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** Enough to recognise one's own address, too little for a stranger who was handed the link. @example "ng…@example.vn" */
function hideMost(email: string): string {
  const [name = '', domain = ''] = email.split('@');
  return domain ? `${name.slice(0, 2)}…@${domain}` : '';
}
