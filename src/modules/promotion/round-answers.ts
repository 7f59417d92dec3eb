import type { FollowUpPreview, StartResult } from '../follow-up/follow-up.service.js';
import type { CloseAnswer, RemindersOutcome } from './rounds.dto.js';

export function toOutcome({ created, kept, skipped }: StartResult): RemindersOutcome {
  return { created, kept, skipped };
}

export function toClosing(result: FollowUpPreview): Omit<CloseAnswer, 'round'> {
  return {
    reminders: toOutcome(result),
    preview: result.lines.map((line) => ({ ...line, dueAt: line.dueAt.toISOString() })),
  };
}
