import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { hasWords, type Language } from '../../../platform/i18n/i18n.js';
import { MeetingsQueries } from '../../meetings/meetings.queries.js';
import { answerToken } from '../../messaging/answer-token.rules.js';
import { OBSTACLE_CATEGORIES } from '../../leads/obstacles/obstacle.rules.js';
import { dayIn, hideMost, momentIn, numberIn } from '../site/format.rules.js';
import { portalPage } from '../site/portal-page.js';
import type { CaseViewer } from './case-access.service.js';
import type { EmailChange } from './case-emails.service.js';
import type { KnownLink } from './case-links.service.js';
import {
  CaseQueries,
  type CaseDocument,
  type CaseLead,
  type CaseObstacle,
  type CaseStage,
} from './case.queries.js';
import { newToken } from './case-token.rules.js';
import { nextStep } from './next-step.rules.js';

/** Which form was filled in, with what, and what is wrong with it. */
export interface Refused {
  form: string;
  typed: Record<string, unknown>;
  reasons: string[];
}

export interface Shown {
  lang?: Language;
  done?: string;
  refused?: Refused;
}

/** The pages of a case, in the person's language unless the reader chose another. */
@Injectable()
export class CasePages {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly queries: CaseQueries,
    private readonly meetings: MeetingsQueries,
  ) {}

  /** Each page has a form of its own: sent twice, it counts once. */
  ask(link: KnownLink, token: string, lang?: Language): Promise<string> {
    return portalPage('case-open', lang ?? link.language, {
      self: `/case/open/${token}`,
      token,
      mailbox: hideMost(link.mailbox),
      press: newToken(),
    });
  }

  /** The same whether anything was sent or not. */
  asked(link: KnownLink, token: string, lang?: Language): Promise<string> {
    return portalPage('case-asked', lang ?? link.language, {
      self: `/case/open/${token}`,
      mailbox: hideMost(link.mailbox),
    });
  }

  /** The whole address: whoever holds the link owns the mailbox. */
  email(
    token: string,
    change: EmailChange,
    { lang, done }: { lang?: Language; done: boolean },
  ): Promise<string> {
    const frame = { self: `/case/email/${token}`, token, mailbox: change.email, done };
    return portalPage('case-email', lang ?? change.language, frame);
  }

  gone(language: Language, signedOut = false): Promise<string> {
    return portalPage('case-gone', language, { signedOut });
  }

  async show(viewer: CaseViewer, { lang, done, refused }: Shown): Promise<string> {
    const language = lang ?? viewer.language;
    const [lead, stages, mails, documents, obstacles, person, requests, lastMail] = await Promise.all([
      this.queries.lead(viewer),
      this.queries.stages(viewer),
      this.queries.mails(viewer),
      this.queries.documents(viewer),
      this.queries.obstacles(viewer),
      this.queries.person(viewer),
      this.queries.requests(viewer),
      this.queries.lastMail(viewer),
    ]);
    const visits = await this.meetings.booked({ leadId: viewer.leadId, contactId: viewer.contactId });
    const isFinal = stages.find(({ code }) => code === lead.standsAt)?.isFinal ?? false;
    const visitAt = visits[0]?.startsAt ?? null;
    const step = nextStep({ lead, isFinal, obstacles, mails, visitAt }, this.clock.now());
    return portalPage('case', language, {
      self: `/case/${viewer.caseId}`,
      wide: true,
      base: `/case/${viewer.caseId}`,
      done,
      refused,
      lead,
      // a lost lead says no more than that it is closed
      state: lead.stage === 'lost' || lead.stage === 'dormant' ? lead.stage : 'going',
      wakeOn: dayIn(language, lead.wakeOn),
      openedOn: this.dayOf(lead.openedAt, language),
      stages: this.steps(lead, stages, language),
      next: {
        ...step,
        officer: lead.officerName,
        when:
          step.key === 'visit' ? this.moment(step.at!, language) : step.at && this.dayOf(step.at, language),
        day: dayIn(language, step.day ?? null),
        answer: step.messageId && answerToken(step.messageId, 'answer', this.config.secretKey),
      },
      visits: visits.map((visit) => ({
        kind: visit.kind,
        officer: visit.officerName,
        place: visit.place ?? visit.clusterName,
        when: this.moment(visit.startsAt, language),
        change:
          lastMail && visit.kind === 'site_visit' && answerToken(lastMail, 'answer', this.config.secretKey),
      })),
      mails: mails.map((mail) => ({ ...mail, on: this.dayOf(mail.sentAt, language) })),
      documents: documents.map((one) => this.document(one, language)),
      obstacles: obstacles.map((one) => this.obstacle(one, language)),
      person,
      requests: requests.map((one) => ({
        ...one,
        received: this.dayOf(one.receivedAt, language),
        due: this.dayOf(one.dueAt, language),
      })),
      categories: OBSTACLE_CATEGORIES,
      choices: lastMail && {
        preferences: answerToken(lastMail, 'preferences', this.config.secretKey),
        optOut: answerToken(lastMail, 'opt_out', this.config.secretKey),
      },
    });
  }

  /** Only as far as it has come, and what lies ahead: a step that was passed over has no day. */
  private steps(lead: CaseLead, stages: readonly CaseStage[], language: Language): object[] {
    const at = stages.find(({ code }) => code === lead.standsAt)?.position ?? 0;
    return stages.map(({ code, nameVi, nameEn, position, reachedOn }) => {
      const key = `case_stage_${code}`;
      return {
        // a stage that an administrator made has its own names
        words: hasWords(language, `pages:${key}`) ? key : null,
        name: language === 'vi' ? nameVi : nameEn,
        state: position < at ? 'past' : position === at ? 'now' : 'ahead',
        on: position <= at && reachedOn ? dayIn(language, reachedOn) : '',
      };
    });
  }

  private document(one: CaseDocument, language: Language): object {
    const megabytes = one.size === null ? null : Math.max(one.size / 1024 / 1024, 0.1);
    return {
      ...one,
      on: this.dayOf(one.addedAt, language),
      size: megabytes === null ? null : numberIn(language, megabytes, { maximumFractionDigits: 1 }),
    };
  }

  private obstacle(one: CaseObstacle, language: Language): object {
    return {
      ...one,
      raised: this.dayOf(one.createdAt, language),
      due: this.dayOf(one.dueAt, language),
      resolved: one.resolvedAt && this.dayOf(one.resolvedAt, language),
    };
  }

  private dayOf(at: Date, language: Language): string | null {
    return dayIn(language, this.clock.dayOf(at));
  }

  private moment(at: Date, language: Language): string {
    return momentIn(language, at, this.clock.timeZone);
  }
}
