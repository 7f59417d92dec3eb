import { IsBoolean, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { CommaList, IsInstant, Line, MayBeAbsent, NamedRef, Text } from '../../../platform/http/fields.js';
import { PageQuery, type Page } from '../../../platform/http/pages.js';
import {
  OBSTACLE_CATEGORIES,
  OBSTACLE_STATUSES,
  type ObstacleCategory,
  type ObstacleStatus,
} from './obstacle.rules.js';

export class RaiseObstacle {
  @IsIn(OBSTACLE_CATEGORIES)
  category: ObstacleCategory;

  /** In one line, at most 200 characters. */
  @Line(200)
  title: string;

  /** At most 5,000 characters. */
  @IsOptional()
  @Text(5000)
  description?: string | null;

  /** The cluster where it stands in the way. */
  @IsOptional()
  @IsUUID()
  clusterId?: string | null;

  /** Who sees to it; the lead's owner when left out. */
  @IsOptional()
  @IsUUID()
  ownerId?: string | null;

  /** By when; five working days from now when left out. UTC. */
  @MayBeAbsent()
  @IsInstant()
  dueAt?: string;

  /** The person of the investor's side whom it concerns; the lead's first contact when left out. */
  @IsOptional()
  @IsUUID()
  contactId?: string | null;

  /** That person sees the title, the state and the answer in the case page; `false` when left out. */
  @MayBeAbsent()
  @IsBoolean()
  visibleToInvestor?: boolean;
}

export class ChangeObstacle {
  @MayBeAbsent()
  @IsIn(OBSTACLE_CATEGORIES)
  category?: ObstacleCategory;

  /** At most 200 characters. */
  @MayBeAbsent()
  @Line(200)
  title?: string;

  /** At most 5,000 characters. */
  @IsOptional()
  @Text(5000)
  description?: string | null;

  @IsOptional()
  @IsUUID()
  clusterId?: string | null;

  @MayBeAbsent()
  @IsUUID()
  ownerId?: string;

  /** UTC. */
  @MayBeAbsent()
  @IsInstant()
  dueAt?: string;

  @MayBeAbsent()
  @IsBoolean()
  visibleToInvestor?: boolean;

  /** `in_progress` says that somebody has it in hand; what is resolved or withdrawn goes back to work by it or by `open`. */
  @MayBeAbsent()
  @IsIn(['open', 'in_progress', 'withdrawn'])
  status?: Exclude<ObstacleStatus, 'resolved'>;
}

export class ResolveObstacle {
  /** What the investor reads, when the obstacle is visible to it; at most 5,000 characters. */
  @Text(5000)
  answer: string;
}

export class ObstacleAnswer {
  id: string;
  lead: { id: string; reference: string };
  firm: NamedRef;
  cluster: NamedRef | null;
  category: ObstacleCategory;
  title: string;
  description: string | null;
  status: ObstacleStatus;
  owner: NamedRef | null;
  dueAt: string;
  /** It is open, and its time is over. */
  overdue: boolean;
  /** When somebody took it in hand; the standard is one working day. */
  acknowledgedAt: string | null;
  raisedBy: 'investor' | 'officer';
  contact: NamedRef | null;
  visibleToInvestor: boolean;
  answer: string | null;
  resolvedAt: string | null;
  createdAt: string;
  version: number;
}

/** Sorts: dueAt (default), createdAt. `q` reads titles. */
export class ObstaclesQuery extends PageQuery {
  @CommaList({ allowed: OBSTACLE_STATUSES })
  status?: ObstacleStatus[];

  /** `overdue`: past their time. `today`: due by the end of the local day, those past their time included. `week`: by the end of the seventh local day from today. Only what is open. */
  @IsOptional()
  @IsIn(['overdue', 'today', 'week'])
  due?: 'overdue' | 'today' | 'week';

  /** `me`, `none` or a user's id. */
  @IsOptional()
  @Matches(/^(me|none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i)
  ownerId?: string;

  @CommaList({ allowed: OBSTACLE_CATEGORIES })
  category?: ObstacleCategory[];

  @IsOptional()
  @IsUUID()
  clusterId?: string;
}

export class ObstaclePage implements Page<ObstacleAnswer> {
  items: ObstacleAnswer[];
  nextCursor: string | null;
  total: number;
  totalIsEstimate?: true;
}

export class ObstacleList {
  /** Open ones first, those due first before others. */
  items: ObstacleAnswer[];
}
