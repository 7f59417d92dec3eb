import { v7 } from 'uuid';

/** A UUIDv7: unique, and increasing with time, so that new rows stay together in an index. */
export function newId(): string {
  return v7();
}
