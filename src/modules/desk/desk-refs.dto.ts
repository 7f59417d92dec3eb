/** A thing by its name. */
export class DeskRef {
  id: string;
  name: string;
}

/** A lead by its reference. */
export class DeskLead {
  id: string;
  /** @example "CH-2026-000123" */
  reference: string;
}
