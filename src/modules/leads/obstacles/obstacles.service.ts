import { Injectable } from '@nestjs/common';
import { Calendar } from '../../../platform/calendar/calendar.js';
import { Clock } from '../../../platform/clock/clock.js';
import { currentActor, SYSTEM } from '../../../platform/database/actor.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/database/ids.js';
import { Events } from '../../../platform/events/events.js';
import { Authenticator } from '../../../platform/http/access.guard.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { Invalid, NotFound } from '../../../platform/http/problem.js';
import { assertMayChange } from '../lead.rules.js';
import { LeadReferences } from '../lead-references.js';
import { ObstacleAnswered, ObstacleMoved, ObstacleRaised } from '../leads.events.js';
import { LockedLeads, type LockedLead } from '../locked-leads.js';
import { Obstacle } from './obstacle.entity.js';
import {
  assertObstacleMove,
  OBSTACLE_SETTLED_WITHIN,
  type ObstacleCategory,
  type ObstacleStatus,
} from './obstacle.rules.js';
import type { ChangeObstacle, RaiseObstacle } from './obstacles.dto.js';
import { Timeline } from '../timeline/timeline.service.js';

const HELD = ['category', 'title', 'description', 'clusterId', 'ownerId', 'visibleToInvestor'] as const;

/** Whose lead, or whose obstacle, it is may change it, and whoever may change any. */
@Injectable()
export class ObstacleLeads {
  constructor(
    private readonly leads: LockedLeads,
    private readonly authenticator: Authenticator,
  ) {}

  get(leadId: string): Promise<LockedLead> {
    return this.leads.get(leadId);
  }

  async forRaising(leadId: string): Promise<LockedLead> {
    const lead = await this.leads.get(leadId);
    this.assertMayChange(lead, null);
    return lead;
  }

  assertMayChange(lead: LockedLead, obstacleOwnerId: string | null): void {
    const actor = currentActor() ?? SYSTEM;
    const helperIds = obstacleOwnerId === null ? lead.helperIds : [...lead.helperIds, obstacleOwnerId];
    assertMayChange(
      actor,
      { ownerId: lead.ownerId, helperIds },
      this.authenticator.may(actor, 'obstacle.write_any'),
    );
  }
}

/** What the lead's story says of its obstacles, and who hears of it. */
@Injectable()
export class ObstacleStory {
  constructor(
    private readonly timeline: Timeline,
    private readonly events: Events,
  ) {}

  async raised(obstacle: Obstacle): Promise<void> {
    await this.tell(`obstacle_raised_by_${obstacle.raisedBy}`, obstacle, obstacle.raisedBy === 'investor');
    await this.events.publish(new ObstacleRaised(obstacle.id, obstacle.leadId, obstacle.raisedBy));
  }

  async moved(obstacle: Obstacle): Promise<void> {
    await this.tell(`obstacle_${obstacle.status}`, obstacle, obstacle.status === 'resolved');
    if (obstacle.status !== 'open')
      await this.events.publish(
        new ObstacleMoved(obstacle.id, obstacle.leadId, obstacle.status === 'in_progress'),
      );
  }

  async resolved(obstacle: Obstacle): Promise<void> {
    await this.moved(obstacle);
    const { id, leadId, contactId, title, answer, version } = obstacle;
    if (obstacle.visibleToInvestor && contactId && answer)
      await this.events.publish(new ObstacleAnswered(id, leadId, contactId, title, answer, version));
  }

  async tell(kind: string, { id, leadId, title }: Obstacle, touch = false): Promise<void> {
    await this.timeline.append([{ leadId, kind, refType: 'obstacle', refId: id, data: { title } }], {
      touch,
    });
  }
}

/** Difficulties of investors: raised, taken in hand, settled with an answer. */
@Injectable()
export class ObstaclesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly leads: ObstacleLeads,
    private readonly references: LeadReferences,
    private readonly story: ObstacleStory,
    private readonly calendar: Calendar,
  ) {}

  raise(leadId: string, given: RaiseObstacle): Promise<string> {
    return this.db.transaction(async () => {
      const lead = await this.leads.forRaising(leadId);
      const { contactId = lead.primaryContactId, ownerId = lead.ownerId, clusterId = null } = given;
      await this.check(lead, { contactId: given.contactId, ownerId: given.ownerId, clusterId });
      const visibleToInvestor = given.visibleToInvestor ?? false;
      if (visibleToInvestor && contactId === null) throw new Invalid('contactId', 'required');
      return this.insert({
        leadId,
        clusterId,
        contactId,
        ownerId,
        visibleToInvestor,
        category: given.category,
        title: given.title,
        description: given.description ?? null,
        raisedBy: 'officer',
        dueAt: given.dueAt === undefined ? undefined : new Date(given.dueAt),
      });
    });
  }

  /** By the investor itself, who sees what becomes of it. Whose lead it is sees to it. */
  raiseByInvestor(given: {
    leadId: string;
    contactId: string;
    category: ObstacleCategory;
    title: string;
    description: string | null;
  }): Promise<{ id: string; ownerId: string | null; dueAt: Date }> {
    return this.db.transaction(async () => {
      const { ownerId } = await this.leads.get(given.leadId);
      const dueAt = await this.calendar.addWorkingDays(this.clock.now(), OBSTACLE_SETTLED_WITHIN);
      const raised = { ...given, dueAt, ownerId, clusterId: null };
      const id = await this.insert({ ...raised, visibleToInvestor: true, raisedBy: 'investor' });
      return { id, ownerId, dueAt };
    });
  }

  change(id: string, version: number, changes: ChangeObstacle): Promise<void> {
    return this.db.transaction(async () => {
      const { obstacle, lead } = await this.lock(id, version);
      await this.check(lead, { ownerId: changes.ownerId, clusterId: changes.clusterId });
      for (const field of HELD)
        if (changes[field] !== undefined) Object.assign(obstacle, { [field]: changes[field] });
      if (changes.dueAt !== undefined) obstacle.dueAt = new Date(changes.dueAt);
      if (obstacle.visibleToInvestor && obstacle.contactId === null)
        obstacle.contactId = lead.primaryContactId;
      if (obstacle.visibleToInvestor && obstacle.contactId === null)
        throw new Invalid('visibleToInvestor', 'obstacle_without_contact');
      const moved = changes.status !== undefined && changes.status !== obstacle.status;
      if (moved) this.move(obstacle, changes.status!);
      await this.save(obstacle);
      if (moved) await this.story.moved(obstacle);
      else await this.story.tell('obstacle_changed', obstacle);
    });
  }

  /** The answer goes to the investor by mail when the obstacle is visible to it. */
  resolve(id: string, version: number, answer: string): Promise<void> {
    return this.db.transaction(async () => {
      const { obstacle } = await this.lock(id, version);
      this.move(obstacle, 'resolved');
      obstacle.answer = answer;
      await this.save(obstacle);
      await this.story.resolved(obstacle);
    });
  }

  private move(obstacle: Obstacle, to: ObstacleStatus): void {
    assertObstacleMove(obstacle.status, to);
    const now = this.clock.now();
    obstacle.status = to;
    obstacle.resolvedAt = to === 'resolved' ? now : null;
    if (to !== 'open') obstacle.acknowledgedAt ??= now;
  }

  private async insert(
    given: Pick<
      Obstacle,
      | 'leadId'
      | 'clusterId'
      | 'contactId'
      | 'ownerId'
      | 'visibleToInvestor'
      | 'category'
      | 'title'
      | 'description'
      | 'raisedBy'
    > & { dueAt?: Date },
  ): Promise<string> {
    const now = this.clock.now();
    const dueAt = given.dueAt ?? (await this.calendar.addWorkingDays(now, OBSTACLE_SETTLED_WITHIN));
    const obstacle = Object.assign(new Obstacle(), {
      ...given,
      id: newId(),
      dueAt,
      status: 'open' as const,
      // whoever of the agency notes it has it in hand
      acknowledgedAt: given.raisedBy === 'officer' ? now : null,
      answer: null,
      resolvedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    });
    await this.db.repo(Obstacle).insert(obstacle);
    await this.story.raised(obstacle);
    return obstacle.id;
  }

  private async save(obstacle: Obstacle): Promise<void> {
    obstacle.version++;
    obstacle.updatedAt = this.clock.now();
    await this.db.repo(Obstacle).save(obstacle);
  }

  private async lock(id: string, version: number): Promise<{ obstacle: Obstacle; lead: LockedLead }> {
    const known = await this.db.repo(Obstacle).findOneBy({ id });
    if (!known) throw new NotFound('obstacle_not_found');
    const lead = await this.leads.get(known.leadId);
    const obstacle = await this.db
      .repo(Obstacle)
      .findOneOrFail({ where: { id }, lock: { mode: 'pessimistic_write' } });
    this.leads.assertMayChange(lead, obstacle.ownerId);
    assertVersion(obstacle.version, version);
    return { obstacle, lead };
  }

  private check(
    { firmId, partnerFirmIds }: LockedLead,
    given: { contactId?: string | null; ownerId?: string | null; clusterId?: string | null },
  ): Promise<void> {
    const { clusterId, ...people } = given;
    return this.references.check({ ...people, clusterIds: clusterId ? [clusterId] : [] }, [
      firmId,
      ...partnerFirmIds,
    ]);
  }
}
