/** An account was closed. Listeners hand over what the person owned, in the same transaction. */
export class UserDeactivated {
  constructor(
    readonly userId: string,
    /** An active user. */
    readonly handOverTo: string,
  ) {}
}
