/** A rule of the domain forbids it: answers 409 with the rule's code. */
export class RuleError extends Error {
  constructor(
    readonly code: string,
    readonly params: Record<string, unknown> = {},
  ) {
    super(code);
  }
}
