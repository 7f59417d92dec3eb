import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowBackUp, IconArrowRight, IconDots, IconMoon, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStageName, type Stage } from '../../lib/pipelines';
import { destinations, isExit, passedStages, type LeadRow } from './stage-move';

interface MoveMenuProps {
  lead: LeadRow;
  stages: readonly Stage[];
  /** Null: the dialog asks where to. */
  move: (lead: LeadRow, to: string | null) => void;
}

function signOf(lead: LeadRow, to: string, stages: readonly Stage[]) {
  if (to === 'lost') return <IconX size={16} aria-hidden />;
  if (to === 'dormant') return <IconMoon size={16} aria-hidden />;
  return passedStages(lead, to, stages).length > 0 ? (
    <IconArrowRight size={16} aria-hidden />
  ) : (
    <IconArrowBackUp size={16} aria-hidden />
  );
}

/** Moving without dragging: the stages that a lead may go to. */
export function MoveMenu({ lead, stages, move }: MoveMenuProps) {
  const { t } = useTranslation('pipeline');
  const nameOf = useStageName();
  return (
    <Menu position="bottom-end" withinPortal shadow="md" width={240}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('moveOf', { firm: lead.firm.name })}
          // a click on the menu is no drag
          onMouseDown={(event) => event.stopPropagation()}
          onTouchStart={(event) => event.stopPropagation()}
        >
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onMouseDown={(event) => event.stopPropagation()}>
        <Menu.Label aria-hidden>{t('moveTo')}</Menu.Label>
        {isExit(lead.stage) && (
          <Menu.Item leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => move(lead, null)}>
            {t('reopen')}
          </Menu.Item>
        )}
        {destinations(lead, stages).map((to) => (
          <Menu.Item key={to} leftSection={signOf(lead, to, stages)} onClick={() => move(lead, to)}>
            {nameOf(lead.kind, to)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
