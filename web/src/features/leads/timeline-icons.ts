import {
  IconBarrierBlock,
  IconFileText,
  IconArrowForwardUp,
  IconBell,
  IconCalendarEvent,
  IconChecklist,
  IconMail,
  IconMailOpened,
  IconMessageCircle,
  IconNote,
  IconPencil,
  IconPhone,
  IconMapPin,
  IconSpeakerphone,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import type { TimelineEntry } from './lead-queries';

export type Subject = TimelineEntry['about'];
export const SUBJECTS: Subject[] = [
  'activity',
  'mail',
  'answer',
  'stage',
  'round',
  'task',
  'document',
  'obstacle',
  'other',
];

const ABOUT: Record<Subject, Icon> = {
  activity: IconCalendarEvent,
  mail: IconMail,
  answer: IconMessageCircle,
  round: IconSpeakerphone,
  stage: IconArrowForwardUp,
  task: IconChecklist,
  document: IconFileText,
  obstacle: IconBarrierBlock,
  other: IconPencil,
};

const ACTIVITIES: Record<string, Icon> = {
  call: IconPhone,
  meeting: IconUsers,
  visit: IconMapPin,
  email: IconMailOpened,
  note: IconNote,
};

/** Beside its words: what an entry is about. */
export function iconOf({ about, kind, data }: TimelineEntry): Icon {
  if (kind === 'escalated') return IconBell;
  return (about === 'activity' ? ACTIVITIES[String(data.kind)] : undefined) ?? ABOUT[about];
}

/** An investor's word and what went wrong stand out. */
export function colorOf({ about, kind }: TimelineEntry): string {
  if (['mail_bounced', 'mail_failed', 'mail_unknown', 'lost', 'escalated'].includes(kind)) return 'red';
  if (about === 'answer') return 'blue';
  return about === 'activity' || about === 'stage' ? 'pine' : 'gray.6';
}
