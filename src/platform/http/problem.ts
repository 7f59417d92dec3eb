/** One field's fault inside a 400. `params` fill the words of the message. */
export interface FieldFault {
  path: string;
  code: string;
  params?: Record<string, unknown>;
}

/** Any answer that is no success: becomes `application/problem+json` (RFC 9457) with a stable code. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly params: Record<string, unknown> = {},
    readonly faults: FieldFault[] = [],
  ) {
    super(code);
  }
}

export class NotFound extends ProblemError {
  constructor(code = 'not_found', params: Record<string, unknown> = {}) {
    super(404, code, params);
  }
}

export class Conflict extends ProblemError {
  constructor(code: string, params: Record<string, unknown> = {}) {
    super(409, code, params);
  }
}

/** What is to be created is there already; its id is told beside the words, as `existingId`. */
export class AlreadyExists extends Conflict {
  constructor(
    code: string,
    readonly existingId: string,
    params: Record<string, unknown> = {},
  ) {
    super(code, params);
  }
}

export class Forbidden extends ProblemError {
  constructor(code = 'forbidden', params: Record<string, unknown> = {}) {
    super(403, code, params);
  }
}

/** One field is wrong in a way that only the service can see. */
export class Invalid extends ProblemError {
  constructor(path: string, code: string, params: Record<string, unknown> = {}) {
    super(400, 'validation_failed', {}, [{ path, code, params }]);
  }
}
