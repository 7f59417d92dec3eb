/** One field's fault, in the reader's language. */
export interface FieldFault {
  path: string;
  code: string;
  message: string;
}

export interface ProblemBody {
  title?: string;
  detail?: string;
  code?: string;
  errors?: FieldFault[];
  [member: string]: unknown;
}

/** What the server answered instead of a success (RFC 9457), in the reader's language. */
export class Problem extends Error {
  readonly code: string;
  readonly faults: FieldFault[];

  constructor(
    readonly status: number,
    readonly body: ProblemBody,
  ) {
    super(body.detail || body.title || body.code || String(status));
    this.code = body.code ?? `http_${status}`;
    this.faults = body.errors ?? [];
  }
}

/** The server could not be reached: nothing was said about the request. */
export class Unreachable extends Error {
  readonly code = 'unreachable';
}

export function isProblem(error: unknown, code?: string): error is Problem {
  return error instanceof Problem && (code === undefined || error.code === code);
}

export function hasStatus(error: unknown, status: number): error is Problem {
  return error instanceof Problem && error.status === status;
}
