import { PlainFault, type Stage } from './cast.js';
import { MailCatcher } from './mail-catcher.js';
import { MailboxPage } from './mailbox-page.js';
import { Narrator, type StoryLanguage } from './narrator.js';
import { startProgram, type Closing, type RunningProgram } from './program.js';
import { sampleAccounts, sampleFirms } from './sample-data.js';
import type { StoryFacts } from './chapters/reckoning.js';
import { tellStory } from './story.js';
import { Timekeeper } from './timekeeper.js';

/** A Monday, six weeks before Tết of the year of the Goat. */
const FIRST_MOMENT = new Date('2026-12-28T08:30:00+07:00');
const TIME_ZONE = 'Asia/Ho_Chi_Minh';
/** The person who no longer works there: the mail server refuses the address. */
const GONE = 'may-mau';

export interface DemoOptions {
  language: StoryLanguage;
  env: NodeJS.ProcessEnv;
  out?: { write(text: string): unknown; isTTY?: boolean };
}

/** A demo that was told, and that still runs. */
export interface ToldDemo {
  facts: StoryFacts;
  /** Where the program listens. */
  url: string;
  /** Lets the time go on and says where to look around. */
  stayOpen(): Promise<void>;
}

/** Starts everything, tells the story, and leaves the program running with its data until `closing` is worked off. */
export async function runDemo({ language, env, out }: DemoOptions, closing: Closing): Promise<ToldDemo> {
  const began = performance.now();
  const narrator = new Narrator(language, TIME_ZONE, out);
  if (env.NODE_ENV === 'production') throw new PlainFault(narrator.words('not_in_production'));
  narrator.title('title');
  narrator.say('subtitle');
  narrator.aside('made_up');
  const catcher = new MailCatcher(
    new Set(
      sampleFirms()
        .filter(({ key }) => key === GONE)
        .map(({ contact }) => contact.email),
    ),
  );
  const smtpUrl = await catcher.start();
  closing.unshift(() => catcher.stop());
  const program = await startProgram(env, smtpUrl, FIRST_MOMENT, closing);
  narrator.blank();
  narrator.done('started', { seconds: narrator.number(Math.round((performance.now() - began) / 100) / 10) });
  const stage: Stage = { narrator, catcher, program, time: new Timekeeper(program) };
  const facts = await tellStory(stage);
  narrator.blank();
  narrator.done('told', { seconds: Math.round((performance.now() - began) / 1000) });
  return { facts, url: program.url, stayOpen: () => stayOpen(stage, program, closing) };
}

async function stayOpen(
  { narrator, catcher }: Stage,
  program: RunningProgram,
  closing: Closing,
): Promise<void> {
  const page = new MailboxPage(catcher, narrator);
  const mailbox = await page.start();
  closing.unshift(() => page.stop());
  program.clock.resume();
  narrator.title('look_around');
  narrator.say('address', { url: program.config.appUrl });
  narrator.say('desk', { url: program.config.appUrl });
  narrator.say('api_docs', { docs: `${program.config.appUrl}/api/docs` });
  narrator.say('mailbox', { mailbox });
  narrator.say('sign_ins');
  narrator.table(
    narrator.heads('head_role', 'head_name', 'head_email', 'head_password'),
    sampleAccounts().map(({ role, name, email, password }) => [
      narrator.words(`role_${role}`),
      name,
      email,
      password,
    ]),
  );
  narrator.say('time_goes_on', { now: narrator.shortMoment(program.clock.now()) });
  narrator.say('how_to_stop');
}
