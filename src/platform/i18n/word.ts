/**
 * A value of a sentence that is itself a word of the reader's language, such as the name of a state. Whoever writes the
 * sentence gives its key; `translate` says it in the language of the sentence.
 */
export class Word {
  /** @param key with its namespace @example "messaging:message_sending" */
  constructor(readonly key: string) {}
}
