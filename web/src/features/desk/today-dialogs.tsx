import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { tellFailure } from '../../components/tell';
import { CompleteReminder } from '../follow-up/complete-reminder';
import { PlanNext } from '../follow-up/plan-next';
import type { Reminder } from '../follow-up/reminder-actions';
import { leadQuery } from '../leads/lead-queries';
import { LogActivityDialog } from '../leads/log-activity-dialog';
import type { Neglected } from './today-queries';

/** What is asked before something is done; one at a time. */
export type Asking =
  | { what: 'complete'; task: Reminder }
  | { what: 'contact'; leadId: string }
  | { what: 'plan'; row: Neglected };

/** The page's dialogs: they stay while their row leaves the list. Give each asking its own `key`. */
export function TodayDialogs({ asking }: { asking: Asking }) {
  const [opened, { open, close }] = useDisclosure(true);
  if (asking.what === 'complete')
    return <CompleteReminder reminder={asking.task} opened={opened} onClose={close} />;
  if (asking.what === 'contact')
    return <LogContact leadId={asking.leadId} opened={opened} onOpen={open} onClose={close} />;
  const { lead, firm, nextAction } = asking.row;
  return <PlanNext lead={lead} firm={firm} suggestion={nextAction} opened={opened} onClose={close} />;
}

interface LogContactProps {
  leadId: string;
  opened: boolean;
  onOpen: () => void;
  onClose: () => void;
}

function LogContact({ leadId, ...dialog }: LogContactProps) {
  const { data: lead, error } = useQuery(leadQuery(leadId));
  useEffect(() => {
    if (error) tellFailure(error);
  }, [error]);
  return lead ? <LogActivityDialog lead={lead} {...dialog} /> : null;
}
