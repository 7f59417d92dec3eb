import type { Schema } from './platform/database/database.module.js';
import { IdempotencyKey } from './platform/http/idempotency.entity.js';
import { AuditEntry } from './platform/database/audit.entity.js';
import { Message, MessageAnswer } from './modules/messaging/message.entity.js';
import { Template, TemplateText } from './modules/messaging/template.entity.js';
import { Messaging1764000000040 } from './migrations/1764000000040-messaging.js';
import { Platform1764000000000 } from './migrations/1764000000000-platform.js';

/** Every table and every step that made it, in order. */
export const schema: Schema = {
  entities: [IdempotencyKey, AuditEntry, Template, TemplateText, Message, MessageAnswer],
  migrations: [Platform1764000000000, Messaging1764000000040],
};
