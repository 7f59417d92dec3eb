/** Nothing that advertises may go to this person any more. */
export class ConsentWithdrawn {
  constructor(readonly contactId: string) {}
}

/** The person's address does not exist or refuses for good. */
export class ContactBounced {
  constructor(readonly contactId: string) {}
}
