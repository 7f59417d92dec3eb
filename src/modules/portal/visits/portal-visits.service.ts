import { Injectable } from '@nestjs/common';
import { Invalid, ProblemError } from '../../../platform/http/problem.js';
import { translate, type Language } from '../../../platform/i18n/i18n.js';
import { RuleError } from '../../../platform/http/rule-error.js';
import { VisitsService, type Visitor } from '../../meetings/visits.service.js';
import type { AnswerableMessage } from '../../messaging/message-answers.service.js';
import { PortalAnswers } from '../answers/portal-answers.service.js';
import { InvestorActs } from '../site/investor-acts.js';
import type { VisitView } from './visit-pages.js';
import type { VisitBody } from './visits.dto.js';

/** What can be put right on the same page: told above the form, with what the reader typed still there. */
const TOLD_ON_THE_PAGE = [
  'visit_time_taken',
  'visit_not_offered',
  'visit_too_many_changes',
  'meeting_time_taken',
];

export interface VisitOutcome {
  status: number;
  message: AnswerableMessage;
  view: VisitView;
}

/** What an investor does on the visit page, in its own name. */
@Injectable()
export class PortalVisits {
  constructor(
    private readonly answers: PortalAnswers,
    private readonly visits: VisitsService,
    private readonly investors: InvestorActs,
  ) {}

  /** As on the answer page: 404 `link_not_found`, 410 `link_expired`. */
  read(token: string): Promise<AnswerableMessage> {
    return this.answers.read(token, 'answer');
  }

  async act(token: string, body: VisitBody, lang?: Language): Promise<VisitOutcome> {
    const message = await this.read(token);
    const visitor = visitorOf(message);
    try {
      const done = await this.investors.as(message, () => this.perform(visitor, body));
      return { status: 200, message, view: { lang, done } };
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof RuleError)) throw error;
      if (!TOLD_ON_THE_PAGE.includes(error.code)) throw error;
      const code = error.code === 'meeting_time_taken' ? 'visit_time_taken' : error.code;
      const problem = translate(lang ?? message.language, `errors:${code}`);
      return { status: 409, message, view: { lang, problem, note: body.note } };
    }
  }

  private async perform(
    visitor: Visitor,
    { act, startsAt, clusterId, note }: VisitBody,
  ): Promise<VisitView['done']> {
    if (act === 'cancel') {
      await this.visits.cancel(visitor);
      return 'cancelled';
    }
    if (act === 'ask') {
      await this.visits.ask(visitor, note);
      return 'asked';
    }
    if (!startsAt) throw new Invalid('startsAt', 'visit_time_missing');
    await this.visits.book(visitor, { startsAt: new Date(startsAt), clusterId, note });
    return 'booked';
  }
}

function visitorOf({ leadId, contactId, language }: AnswerableMessage): Visitor {
  if (leadId === null) throw new ProblemError(409, 'visit_not_offered');
  return { leadId, contactId, language };
}
