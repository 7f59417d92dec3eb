import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Config } from '../../platform/config/config.js';
import { runAs, type Actor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { Forbidden, Invalid, NotFound, ProblemError } from '../../platform/http/problem.js';
import { RuleError } from '../../platform/http/rule-error.js';
import { AppUser } from '../identity/app-user.entity.js';
import { ReportQuestionsQueries } from '../reports/report-questions.queries.js';
import { ReportFeed } from './report-feed.entity.js';
import { assertNamesNobody, hashOf, MOST_FEEDS } from './report-feed.rules.js';
import type { CreateReportFeed } from './report-feeds.dto.js';
import { ReportFeedsQueries } from './report-feeds.queries.js';

@Injectable()
export class ReportFeedsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly questions: ReportQuestionsQueries,
    private readonly queries: ReportFeedsQueries,
  ) {}

  async create(body: CreateReportFeed, actor: Actor): Promise<{ id: string; address: string }> {
    if (actor.kind !== 'user' || actor.id === null) throw new Forbidden();
    const makerId = actor.id;
    await this.assertQuestion(body);
    const token = randomBytes(32).toString('base64url');
    const id = newId();
    await this.db.transaction(async () => {
      const maker = await this.db
        .repo(AppUser)
        .findOneOrFail({ where: { id: makerId }, lock: { mode: 'pessimistic_write' } });
      const feeds = this.db.repo(ReportFeed);
      if ((await feeds.countBy({ makerId })) >= MOST_FEEDS)
        throw new RuleError('too_many_feeds', { limit: MOST_FEEDS });
      const { name, report, query, language = maker.language } = body;
      const createdAt = this.clock.now();
      await feeds.insert({ id, makerId, name, report, query, language, tokenHash: hashOf(token), createdAt });
    });
    return { id, address: `${this.config.appUrl}/api/public/v1/report-feeds/${token}.csv` };
  }

  /** From then on its address answers nobody. */
  revoke(id: string): Promise<void> {
    return this.db.transaction(async () => {
      const { affected } = await this.db.repo(ReportFeed).delete({ id });
      if (!affected) throw new NotFound('feed_not_found');
    });
  }

  /** Asked as its maker, with the rights of today. */
  async csv(token: string): Promise<string> {
    const { maker, language, report, query } = await this.queries.open(token);
    return runAs({ kind: 'user', ...maker }, () => this.questions.csv({ report, query }, language));
  }

  private async assertQuestion({ report, query }: CreateReportFeed): Promise<void> {
    if (Object.values(query).some((value) => typeof value !== 'string'))
      throw new Invalid('query', 'must_be_text');
    assertNamesNobody({ report, query });
    try {
      await this.questions.check({ report, query });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const faults = error.faults.map((fault) => ({ ...fault, path: `query.${fault.path}` }));
      throw new ProblemError(400, 'validation_failed', {}, faults);
    }
  }
}
