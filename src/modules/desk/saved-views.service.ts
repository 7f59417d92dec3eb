import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import type { Actor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { assertVersion } from '../../platform/http/if-match.js';
import { Forbidden, Invalid } from '../../platform/http/problem.js';
import { RuleError } from '../../platform/http/rule-error.js';
import { roleMay } from '../identity/permissions.js';
import { SavedView, type ViewPage } from './saved-view.entity.js';
import { assertMayChange, assertMaySee, filtersFault, MOST_VIEWS } from './saved-view.rules.js';

export interface NewView {
  name: string;
  page: ViewPage;
  query: Record<string, string>;
  shared?: boolean;
}

export type ViewChange = Partial<Omit<NewView, 'page'>>;

@Injectable()
export class SavedViewsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  create({ name, page, query, shared = false }: NewView, actor: Actor): Promise<string> {
    if (actor.kind !== 'user' || actor.id === null) throw new Forbidden();
    assertFilters(query);
    const ownerId = actor.id;
    return this.db.transaction(async () => {
      const views = this.db.repo(SavedView);
      if ((await views.countBy({ ownerId, page })) >= MOST_VIEWS)
        throw new RuleError('too_many_views', { limit: MOST_VIEWS });
      const id = newId();
      const now = this.clock.now();
      await views.insert({
        id,
        ownerId,
        name,
        page,
        query,
        shared,
        version: 1,
        createdAt: now,
        updatedAt: now,
      });
      return id;
    });
  }

  change(id: string, change: ViewChange, seenVersion: number, actor: Actor): Promise<string> {
    if (change.query) assertFilters(change.query);
    return this.db.transaction(async () => {
      const view = await this.lock(id, actor);
      assertMayChange(actor, view, change, managesAll(actor));
      assertVersion(view.version, seenVersion);
      const { name = view.name, query = view.query, shared = view.shared } = change;
      await this.db
        .repo(SavedView)
        .update({ id }, { name, query, shared, version: view.version + 1, updatedAt: this.clock.now() });
      return id;
    });
  }

  remove(id: string, actor: Actor): Promise<void> {
    return this.db.transaction(async () => {
      const view = await this.lock(id, actor);
      if (view.ownerId !== actor.id) throw new Forbidden('not_your_view');
      await this.db.repo(SavedView).delete({ id });
    });
  }

  private async lock(id: string, actor: Actor): Promise<SavedView> {
    const view = await this.db
      .repo(SavedView)
      .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    const found = view ?? undefined;
    assertMaySee(actor, found);
    return found;
  }
}

/** Whoever may change any lead keeps order among shared views too. */
function managesAll(actor: Actor): boolean {
  return actor.role !== null && roleMay(actor.role, 'lead.write_any');
}

function assertFilters(query: object): void {
  const fault = filtersFault(query);
  if (fault) throw new Invalid('query', fault.code, fault.params);
}
