import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../platform/http/problem.js';
import type { Language } from '../../../platform/i18n/i18n.js';
import { MailPreferences, type MailChoices } from '../../messaging/preferences/mail-preferences.service.js';
import { MAIL_FREQUENCIES } from '../../messaging/preferences/mail-preference.entity.js';
import type { AnswerableMessage } from '../../messaging/message-answers.service.js';
import { MAIL_TOPICS } from '../../messaging/templates/template.entity.js';
import { hideMost } from '../site/format.rules.js';
import { PortalAnswers } from '../answers/portal-answers.service.js';
import { InvestorActs } from '../site/investor-acts.js';
import { portalPage } from '../site/portal-page.js';
import type { PreferencesBody } from './preferences.dto.js';

/** What was done, for the confirmation. */
type Notice = 'saved' | 'stopped';

/** Where the reader of a mailbox chooses what to get. */
@Injectable()
export class PreferencesPages {
  constructor(
    private readonly answers: PortalAnswers,
    private readonly investors: InvestorActs,
    private readonly preferences: MailPreferences,
  ) {}

  async ask(token: string, lang?: Language): Promise<string> {
    const message = await this.read(token);
    return page(message, token, await this.preferences.of(message), lang);
  }

  async choose(
    token: string,
    { topics = [], language, frequency, stop }: PreferencesBody,
    lang?: Language,
  ): Promise<string> {
    const message = await this.read(token);
    const before = await this.preferences.of(message);
    const choice = stop
      ? { ...before, topics: [] }
      : { topics, language: language ?? before.language, frequency: frequency ?? before.frequency };
    const receives = await this.investors.as(message, () => this.preferences.choose(message, choice));
    const notice = receives || before.consent !== 'given' ? 'saved' : 'stopped';
    return page(message, token, await this.preferences.of(message), lang, notice);
  }

  /** A mail whose person was forgotten opens nothing any more. */
  private async read(token: string): Promise<AnswerableMessage> {
    const message = await this.answers.read(token, 'preferences');
    if (!message.toAddress.includes('@')) throw new NotFound('link_not_found');
    return message;
  }
}

function page(
  message: AnswerableMessage,
  token: string,
  choices: MailChoices,
  lang: Language | undefined,
  notice?: Notice,
): Promise<string> {
  const { consent, ownMailbox, topics, language, frequency } = choices;
  const receives = consent === 'given';
  return portalPage('preferences', lang ?? message.language, {
    self: `/p/${token}`,
    token,
    notice,
    receives,
    ownMailbox,
    email: hideMost(message.toAddress),
    agencyName: message.agencyName,
    // a consent is never ticked beforehand
    topics: MAIL_TOPICS.map((code) => ({ code, chosen: receives && topics.includes(code) })),
    frequencies: MAIL_FREQUENCIES,
    frequency,
    language,
  });
}
