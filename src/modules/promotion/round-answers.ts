import type { StartResult } from '../follow-up/follow-up.service.js';
import type { Closed } from './round-closing.service.js';
import type { CloseAnswer, RemindersOutcome } from './closing.dto.js';

export function toOutcome({ created, kept, skipped }: StartResult): RemindersOutcome {
  return { created, kept, skipped };
}

export function toClosing(result: Closed): Omit<CloseAnswer, 'round'> {
  return {
    reminders: toOutcome(result),
    preview: result.lines.map((line) => ({ ...line, dueAt: line.dueAt.toISOString() })),
    without: result.without,
    except: result.except,
  };
}
