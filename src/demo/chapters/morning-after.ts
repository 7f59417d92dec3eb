import { plusDays } from '../../platform/calendar/days.rules.js';
import type { People, Person, Stage } from '../cast.js';

interface Lead {
  id: string;
  stage: string;
}

/** What officers set themselves on the last day of the story, a Friday: days ahead, and the local time. */
const LEFT = [
  { title: 'left_call', days: 0, time: '16:00' },
  { title: 'left_profile', days: 3, time: '10:30' },
  { title: 'left_visit', days: 3, time: '15:00' },
  { title: 'left_minutes', days: 5, time: '09:00' },
] as const;

const ARRIVAL_AT = '09:15';
const OUT = ['lost', 'dormant'];

/** On the last day of the story officers set themselves tasks; answers how many. */
export async function leaveTasks(stage: Stage, { a, b }: People): Promise<number> {
  const friday = stage.program.clock.today();
  return (await setTasks(stage, a, friday)) + (await setTasks(stage, b, friday));
}

/** The desks as on any Monday, for whoever looks around: something late, something due, and news from investors. */
export async function beginMonday({ narrator, program, time }: Stage, tasks: number): Promise<void> {
  const monday = program.clock.today();
  time.moveTo(time.moment(monday, ARRIVAL_AT));
  await time.work();
  narrator.blank();
  narrator.done('left_work', { day: narrator.longDay(monday), tasks });
}

/** One task for each of the officer's open leads, as far as they and the list go. */
async function setTasks({ narrator, time }: Stage, { api }: Person, friday: string): Promise<number> {
  const leads = await api.all<Lead>('/api/v1/leads?ownerId=me&sort=createdAt');
  const open = leads.filter(({ stage }) => !OUT.includes(stage)).slice(0, LEFT.length);
  for (const [place, lead] of open.entries()) {
    const { title, days, time: at } = LEFT[place]!;
    await api.post('/api/v1/reminders', {
      leadId: lead.id,
      title: narrator.words(title),
      dueAt: time.moment(plusDays(friday, days), at).toISOString(),
    });
  }
  return open.length;
}
