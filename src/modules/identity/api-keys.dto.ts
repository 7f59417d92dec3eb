import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { UserRole } from '../../platform/database/actor.js';
import { Line } from '../../platform/http/fields.js';
import type { Page } from '../../platform/http/pages.js';
import { USER_ROLES } from './app-user.entity.js';

export class CreateApiKey {
  /** What the key is for, so that a person knows which one to delete. */
  @Line(100)
  name: string;

  /** All that the key may do; it owns no leads. */
  @IsIn([...USER_ROLES])
  role: UserRole;

  /** 1 to 3650; without it the key works until it is deleted. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3650)
  expiresInDays?: number;
}

export class ApiKeyAnswer {
  id: string;
  name: string;
  role: UserRole;
  /** The first characters of the key. */
  start: string | null;
  createdBy: { id: string; name: string };
  createdAt: string;
  expiresAt: string | null;
}

export class NewApiKeyAnswer extends ApiKeyAnswer {
  /** The key itself, shown this once: only its hash is kept. */
  key: string;
}

export class ApiKeyPage implements Page<ApiKeyAnswer> {
  items: ApiKeyAnswer[];
  nextCursor: string | null;
  total: number;
  totalIsEstimate?: true;
}

export interface ApiKeyRow {
  id: string;
  name: string;
  role: UserRole;
  start: string | null;
  createdById: string;
  createdByName: string;
  createdAt: Date;
  expiresAt: Date | null;
}

export function toApiKeyAnswer(row: ApiKeyRow): ApiKeyAnswer {
  const { id, name, role, start } = row;
  return {
    id,
    name,
    role,
    start,
    createdBy: { id: row.createdById, name: row.createdByName },
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}
