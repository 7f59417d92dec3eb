import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LeadsSeed } from './modules/leads/leads.seed.js';
import { DirectorySeed } from './modules/directory/directory.seed.js';
import { CalendarSeed } from './platform/calendar/calendar.seed.js';
import { runAs, SYSTEM } from './platform/database/actor.js';
import { oneAtATime } from './platform/database/migrate.js';
import { FollowUpSeed } from './modules/follow-up/follow-up.seed.js';
import { MessagingSeed } from './modules/messaging/messaging.seed.js';

interface Seed {
  load(): Promise<void>;
}

/** What the product knows by itself, lowest module first; loading it again changes nothing. */
const SEEDS: (new (...args: never[]) => Seed)[] = [
  CalendarSeed,
  DirectorySeed,
  LeadsSeed,
  MessagingSeed,
  FollowUpSeed,
];

export async function loadReferenceData(app: INestApplicationContext): Promise<void> {
  await oneAtATime(app.get(DataSource), () =>
    runAs(SYSTEM, async () => {
      for (const seed of SEEDS) await app.get(seed, { strict: false }).load();
    }),
  );
}
