import type { Stage } from './cast.js';
import { closeRound } from './chapters/closing.js';
import { Days } from './chapters/days.js';
import { recordFirms } from './chapters/firms.js';
import { openOffice } from './chapters/office.js';
import { InvestorsSide } from './chapters/investors-side.js';
import { beginMonday, leaveTasks } from './chapters/morning-after.js';
import { readReports } from './chapters/reports.js';
import { reckon, type StoryFacts } from './chapters/reckoning.js';
import { holdRound } from './chapters/round.js';

/** From the first firm to the reports and the Monday after, in order. */
export async function tellStory(stage: Stage): Promise<StoryFacts> {
  const people = await openOffice(stage);
  const firms = await recordFirms(stage, people);
  const held = await holdRound(stage, people, firms);
  const round = await closeRound(stage, people, firms, held);
  await new Days(stage, people, firms).pass(round);
  await readReports(stage, people);
  const facts = await reckon(stage, people, firms, round);
  const tasks = await leaveTasks(stage, people);
  await new InvestorsSide(stage, people, firms).tell();
  await beginMonday(stage, tasks);
  return facts;
}
