import { useDisclosure } from '@mantine/hooks';
import type { Lead } from '../leads/lead-queries';
import { BookDialog } from './book-dialog';
import { CancelDialog } from './cancel-dialog';
import type { Meeting } from './meeting-queries';
import { MoveDialog } from './move-dialog';
import { SettleDialog } from './settle-dialog';

/** What is asked before something is done; one at a time. */
export type MeetingAsking =
  | { what: 'book' }
  | { what: 'move'; meeting: Meeting }
  | { what: 'cancel'; meeting: Meeting }
  | { what: 'settle'; meeting: Meeting };

/** The section's dialogs. Give each asking its own `key`. */
export function MeetingDialogs({ lead, asking }: { lead: Lead; asking: MeetingAsking }) {
  const [opened, { close }] = useDisclosure(true);
  const dialog = { opened, close };
  if (asking.what === 'book') return <BookDialog lead={lead} {...dialog} />;
  if (asking.what === 'move') return <MoveDialog lead={lead} meeting={asking.meeting} {...dialog} />;
  if (asking.what === 'cancel') return <CancelDialog meeting={asking.meeting} {...dialog} />;
  return <SettleDialog meeting={asking.meeting} {...dialog} />;
}
