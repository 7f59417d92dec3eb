import { UnrecoverableError } from 'bullmq';

/** Thrown by a handler when a retry is useless. Its message is kept and logged: give a code, never a person's data. */
export { UnrecoverableError };

/** Messages of these are written by the engine about the program, not about the data. */
const PROGRAM_FAULTS = new Set(['TypeError', 'ReferenceError', 'SyntaxError']);
const CODE = /^[A-Za-z0-9_.-]{1,64}$/;

/**
 * What may be logged and kept about a failure: the kind of error and its code. Messages are left out, since
 * those of SMTP and PostgreSQL quote addresses and values.
 */
export function describeFailure(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'NonError';
  if (thrown.name === 'UnrecoverableError') return thrown.message || thrown.name;
  const { code, constraint } = thrown as { code?: unknown; constraint?: unknown };
  const details = [code, constraint].filter((value) => isCode(value)).map(String);
  if (details.length === 0 && PROGRAM_FAULTS.has(thrown.name)) return `${thrown.name}: ${thrown.message}`;
  return [thrown.constructor.name, ...details].join(' ');
}

/** The error that is handed to the queue, which stores message and stack: where it happened, without what it quoted. */
export function withoutPersonalData(thrown: unknown): Error {
  const unrecoverable = thrown instanceof Error && thrown.name === 'UnrecoverableError';
  const reason = describeFailure(thrown);
  const kept = unrecoverable ? new UnrecoverableError(reason) : new Error(reason);
  kept.stack = [`${kept.name}: ${reason}`, ...framesOf(thrown)].join('\n');
  return kept;
}

export function framesOf(thrown: unknown): string[] {
  const lines = thrown instanceof Error ? (thrown.stack ?? '').split('\n') : [];
  return lines.filter((line) => /^\s+at /.test(line)).slice(0, 10);
}

function isCode(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && CODE.test(value));
}
