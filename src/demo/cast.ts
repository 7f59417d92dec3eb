import type { ApiClient } from './api-client.js';
import type { MailCatcher } from './mail-catcher.js';
import type { Narrator } from './narrator.js';
import type { RunningProgram } from './program.js';
import type { SampleAccount, SampleFirm } from './sample-data.js';
import type { Timekeeper } from './timekeeper.js';

/** Somebody of the agency, signed in. */
export interface Person extends SampleAccount {
  id: string;
  api: ApiClient;
}

export interface People {
  a: Person;
  b: Person;
  manager: Person;
  admin: Person;
}

/** A sample firm as the program knows it. */
export interface KnownFirm extends SampleFirm {
  id: string;
  contactId: string;
  clusterIds: string[];
  /** Null until the round makes its lead. */
  leadId: string | null;
}

export type KnownFirms = ReadonlyMap<string, KnownFirm>;

/** What every chapter needs. */
export interface Stage {
  narrator: Narrator;
  catcher: MailCatcher;
  program: RunningProgram;
  time: Timekeeper;
}

export function ownerOf(people: People, firm: SampleFirm): Person {
  return firm.owner === 'b' ? people.b : people.a;
}

/** A sentence for whoever runs the demo: it was refused, or something that the story promises does not hold. */
export class PlainFault extends Error {}
