import type { Schema } from './platform/database/database.module.js';
import { IdempotencyKey } from './platform/http/idempotency.entity.js';
import { AuditEntry } from './platform/database/audit.entity.js';
import { Platform1764000000000 } from './migrations/1764000000000-platform.js';

/** Every table and every step that made it, in order. */
export const schema: Schema = {
  entities: [IdempotencyKey, AuditEntry],
  migrations: [Platform1764000000000],
};
