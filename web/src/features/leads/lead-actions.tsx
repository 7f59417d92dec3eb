import { ActionIcon, Button, Menu } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconArrowForwardUp, IconDots, IconPencil, IconPhonePlus, IconUserShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LeadAssignDialog } from './lead-assign-dialog';
import { LeadEditDialog } from './lead-edit-dialog';
import { useLeadRights, type Lead } from './lead-queries';
import { LogActivityDialog } from './log-activity-dialog';
import { StageMoveDialog } from './stage-move-dialog';

/** What one may do with a lead; `n` logs a call. */
export function LeadActions({ lead }: { lead: Lead }) {
  const { t } = useTranslation('lead');
  const may = useLeadRights(lead);
  const [logging, log] = useDisclosure(false);
  const [moving, move] = useDisclosure(false);
  const [editing, edit] = useDisclosure(false);
  const [assigning, assign] = useDisclosure(false);
  useHotkeys([['n', () => may.change && log.open()]]);
  return (
    <>
      {may.change && (
        <>
          <Button leftSection={<IconPhonePlus size={18} aria-hidden />} onClick={log.open}>
            {t('actions.log')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconArrowForwardUp size={18} aria-hidden />}
            onClick={move.open}
          >
            {t('actions.move')}
          </Button>
        </>
      )}
      {(may.change || may.assign) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={t('actions.more')}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {may.change && (
              <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={edit.open}>
                {t('actions.edit')}
              </Menu.Item>
            )}
            {may.assign && (
              <Menu.Item leftSection={<IconUserShare size={16} aria-hidden />} onClick={assign.open}>
                {t('actions.assign')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      <LogActivityDialog lead={lead} opened={logging} onOpen={log.open} onClose={log.close} />
      <StageMoveDialog lead={moving ? lead : null} onClose={move.close} />
      <LeadEditDialog lead={lead} opened={editing} onClose={edit.close} />
      <LeadAssignDialog lead={lead} opened={assigning} onClose={assign.close} />
    </>
  );
}
