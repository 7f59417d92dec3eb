import { IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { PageQuery, type Page } from '../../platform/http/pages.js';

export class AuditQuery extends PageQuery {
  /** A table. @example "lead" */
  @IsOptional()
  @Matches(/^[a-z_]{1,63}$/)
  table?: string;

  /** A row of that table. */
  @IsOptional()
  @MaxLength(100)
  rowId?: string;

  /** A user, or a program's key. */
  @IsOptional()
  @IsUUID()
  actorId?: string;
}

export class AuditAnswer {
  id: string;
  at: string;
  actor: {
    kind: string;
    id: string | null;
    /** Null for the system, an investor or a deleted key. */
    name: string | null;
  };
  /** As in the answer's `x-request-id`; null when no request caused it. */
  requestId: string | null;
  table: string;
  rowId: string;
  action: string;
  /** Column → [before, after]; only what changed. */
  changes: Record<string, [unknown, unknown]>;
}

export class AuditPage implements Page<AuditAnswer> {
  items: AuditAnswer[];
  nextCursor: string | null;
  total: number;
  totalIsEstimate?: true;
}

export interface AuditRow {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  actorName: string | null;
  requestId: string | null;
  tableName: string;
  rowId: string;
  action: string;
  changes: Record<string, [unknown, unknown]>;
}

export function toAuditAnswer(row: AuditRow): AuditAnswer {
  const { id, requestId, rowId, action, changes } = row;
  return {
    id,
    at: row.at.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    requestId,
    table: row.tableName,
    rowId,
    action,
    changes,
  };
}
