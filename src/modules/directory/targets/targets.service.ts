import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/database/ids.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { Invalid, NotFound } from '../../../platform/http/problem.js';
import { Target } from './target.entity.js';
import { TargetValue } from './target-value.entity.js';
import type { ChangeTarget, EnterTargetValue } from './targets.dto.js';

/** Answers ids: `TargetsQueries` shows. */
@Injectable()
export class TargetsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  change(id: string, version: number, changes: ChangeTarget): Promise<string> {
    return this.db.transaction(async () => {
      const target = await this.lock(id);
      assertVersion(target.version, version);
      for (const [key, value] of Object.entries(changes))
        if (value !== undefined) Object.assign(target, { [key]: value });
      if (target.maxValue !== null && target.maxValue < target.minValue)
        throw new Invalid('maxValue', 'less_than_minimum');
      Object.assign(target, { version: target.version + 1, updatedAt: this.clock.now() });
      await this.db.repo(Target).save(target);
      return id;
    });
  }

  /** A value is added beside those before: sources may differ. */
  enterValue(id: string, input: EnterTargetValue): Promise<string> {
    return this.db.transaction(async () => {
      if (input.asOf > this.clock.today()) throw new Invalid('asOf', 'day_in_future');
      await this.lock(id);
      const { value, asOf, source, note = null } = input;
      await this.db
        .repo(TargetValue)
        .insert({ id: newId(), targetId: id, value, asOf, source, note, createdAt: this.clock.now() });
      return id;
    });
  }

  private async lock(id: string): Promise<Target> {
    const target = await this.db.repo(Target).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!target) throw new NotFound('target_not_found');
    return target;
  }
}
