import { Checkbox, Group, Text } from '@mantine/core';
import { IconChecklist, IconMail, IconMailOff, IconUserStar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatHour, formatTime, inLanguage } from '../../lib/format';
import type { ClosingState } from './closing';
import { useReasonWords } from './reason-words';
import type { PreviewLine } from './round-queries';

const ICON = { investor_email: IconMail, officer_task: IconChecklist, manager_escalation: IconUserStar };

interface LineProps {
  line: PreviewLine;
  by: 'day' | 'lead';
  closing: ClosingState;
}

/** One mail or task: when, to whom, by what; unticked, it is left out. */
export function CloseLine({ line, by, closing }: LineProps) {
  const { t } = useTranslation('close-round');
  const reasonOf = useReasonWords();
  const isOut = closing.isLineOut(line);
  const Symbol = ICON[line.channel];
  const title = inLanguage({ nameVi: line.titleVi, nameEn: line.titleEn });
  const about = [
    t(`channel.${line.channel}`, { ns: 'common' }),
    line.template && t('letter', { name: inLanguage(line.template) }),
    line.recipient && t('to', { name: line.recipient.name }),
    line.language && t(`language.${line.language}`),
    line.owner ? t('by.owner', { name: line.owner.name }) : t('noOwner'),
  ];
  return (
    <Group component="li" wrap="nowrap" align="flex-start" gap="sm" py="xs">
      <Checkbox
        mt={2}
        checked={!isOut}
        aria-label={t('includeStep', { firm: line.firm.name, step: title })}
        onChange={() => closing.switchLine(line)}
      />
      <Symbol size={18} aria-hidden style={{ flexShrink: 0, marginTop: 3 }} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text td={isOut ? 'line-through' : undefined}>
          <b>{by === 'day' ? formatHour(line.dueAt) : formatTime(line.dueAt)}</b>{' '}
          {by === 'day' ? `${line.firm.name}: ${title}` : title}
        </Text>
        <Text size="sm" c="dimmed">
          {about.filter(Boolean).join(' · ')}
        </Text>
        {line.willSkip && (
          <Text size="sm" fw={600}>
            <IconMailOff size={16} aria-hidden style={{ verticalAlign: 'text-bottom' }} />{' '}
            {t('willSkip', { reason: reasonOf(line.willSkip) })}
          </Text>
        )}
      </div>
    </Group>
  );
}
