/** Nothing that advertises may go to this person any more. */
export class ConsentWithdrawn {
  constructor(readonly contactId: string) {}
}

/** The person's address does not exist or refuses for good. */
export class ContactBounced {
  constructor(readonly contactId: string) {}
}

/**
 * The person asked to be forgotten and is: the contact's row names nobody any more. Whoever keeps anything of a person
 * empties in the same transaction what was said by or to this one, and takes the words out of what others wrote about
 * leads of the firm, with the SQL function `without_words`. Rows stay, so that counts stay right.
 */
export class PersonErased {
  constructor(
    readonly contactId: string,
    /** Of the person's firm. */
    readonly firmId: string,
    /** Everything by which texts may name the person, longest first: name, e-mail, telephone in each way of writing. */
    readonly words: readonly string[],
  ) {}
}
