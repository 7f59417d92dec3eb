import { plusDays } from '../../platform/calendar/days.rules.js';
import { ApiClient } from '../api-client.js';
import type { People, Person, Stage } from '../cast.js';
import { markAsSamples } from './firms.js';

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

/** The Monday on which whoever looks around comes in. */
const MONDAY = 3;
const ENQUIRY_AT = '08:40';
const ARRIVAL_AT = '09:15';
const OUT = ['lost', 'dormant'];

/** After the story: the desks are as on any Monday, with something late, something due, and a new enquiry. */
export async function leaveWork(stage: Stage, { a, b }: People): Promise<void> {
  const { narrator, program, time } = stage;
  const friday = program.clock.today();
  const tasks = (await setTasks(stage, a, friday)) + (await setTasks(stage, b, friday));
  const monday = plusDays(friday, MONDAY);
  time.moveTo(time.moment(monday, ENQUIRY_AT));
  await new ApiClient(program.url, narrator.language).post('/api/public/v1/enquiries', {
    firm: { name: narrator.words('left_enquiry_firm'), country: 'VN' },
    contact: {
      fullName: narrator.words('left_enquiry_person'),
      email: 'hoi@bao-bi-mau.example',
      phone: '0912 345 678',
      language: 'vi',
    },
    kind: 'secondary',
    clusterCodes: [],
    message: narrator.words('left_enquiry_message'),
  });
  await markAsSamples(stage);
  await time.work();
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
