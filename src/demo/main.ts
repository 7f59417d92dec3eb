import { parseArgs } from 'node:util';
import { fail } from '../bootstrap.js';
import { translate } from '../platform/i18n/i18n.js';
import { PlainFault } from './cast.js';
import { runDemo } from './demo.js';
import type { StoryLanguage } from './narrator.js';
import type { Closing } from './program.js';

interface Options {
  language: StoryLanguage;
  exit: boolean;
}

const LANGUAGES: readonly StoryLanguage[] = ['vi', 'en'];

/** Null when the command line is not understood. */
function readOptions(): Options | null {
  try {
    const { values } = parseArgs({
      options: { lang: { type: 'string', default: 'vi' }, exit: { type: 'boolean', default: false } },
    });
    const language = LANGUAGES.find((candidate) => candidate === values.lang);
    return language ? { language, exit: values.exit } : null;
  } catch {
    return null;
  }
}

function refuse(): never {
  for (const language of LANGUAGES) process.stderr.write(`${translate(language, 'demo:usage')}\n`);
  process.exit(1);
}

/** Ends everything, newest first; each step in any case. */
async function close(closing: Closing): Promise<void> {
  for (let step = closing.shift(); step; step = closing.shift())
    await step().catch((error: unknown) => fail(error));
}

function stopOnSignal(closing: Closing, language: StoryLanguage): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    process.stdout.write(`\n${translate(language, 'demo:stopping')}\n`);
    setTimeout(() => process.exit(1), 20_000).unref();
    void close(closing).then(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
}

async function main(): Promise<void> {
  const options = readOptions();
  if (!options) refuse();
  const { language, exit } = options;
  const closing: Closing = [];
  stopOnSignal(closing, language);
  try {
    const demo = await runDemo({ language, env: process.env }, closing);
    if (!exit) return await demo.stayOpen();
  } catch (error) {
    if (error instanceof PlainFault) process.stderr.write(`${error.message}\n`);
    else fail(error);
    process.exitCode = 1;
  }
  await close(closing);
  process.exit();
}

await main();
