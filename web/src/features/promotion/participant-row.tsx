import { Badge, Button, Group, Text, UnstyledButton } from '@mantine/core';
import { IconCheck, IconMail, IconPencilCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { nextStatus, useMark } from './mark-attended';
import type { Participation, ParticipationStatus } from './round-queries';

const LOOK: Record<
  ParticipationStatus,
  { icon: typeof IconCheck; variant: 'default' | 'filled' | 'light'; color?: string }
> = {
  invited: { icon: IconMail, variant: 'default' },
  registered: { icon: IconPencilCheck, variant: 'default' },
  attended: { icon: IconCheck, variant: 'filled' },
  no_show: { icon: IconX, variant: 'filled', color: 'gray.7' },
};

function About({
  participation: { firm, contact, contactRestricted, event, clusters, note },
}: {
  participation: Participation;
}) {
  const { t } = useTranslation('rounds');
  const lines = [contact?.name, event?.name, clusters.map(({ name }) => name).join(', ')].filter(Boolean);
  return (
    <>
      <Text fw={600} span display="block" style={{ overflowWrap: 'anywhere' }}>
        {firm.name}
      </Text>
      {lines.length > 0 && (
        <Text size="sm" c="dimmed" span display="block">
          {lines.join(' · ')}
        </Text>
      )}
      {contactRestricted && (
        <Badge component="span" variant="light" color="orange" size="sm" tt="none">
          {t('people.restricted')}
        </Badge>
      )}
      {note && (
        <Text size="sm" span display="block" lineClamp={2}>
          {note}
        </Text>
      )}
    </>
  );
}

interface RowProps {
  participation: Participation;
  mayWrite: boolean;
  open: () => void;
}

/** Large enough for a thumb: the name opens the details, the button marks who came. */
export function ParticipantRow({ participation, mayWrite, open }: RowProps) {
  const { t } = useTranslation('rounds');
  const mark = useMark(participation);
  const { firm, status } = participation;
  const { icon: Symbol, variant, color } = LOOK[status];
  const next = nextStatus(status);
  const words = t(`people.statuses.${status}`);
  return (
    <Group
      component="li"
      wrap="nowrap"
      justify="space-between"
      gap="sm"
      py="xs"
      style={{ borderBottom: '1px solid var(--mantine-color-default-border)', minHeight: 64 }}
    >
      <UnstyledButton onClick={open} flex={1} miw={0} mih={48}>
        <About participation={participation} />
      </UnstyledButton>
      <Button
        size="md"
        miw={140}
        variant={variant}
        color={color}
        leftSection={<Symbol size={18} aria-hidden />}
        disabled={!mayWrite}
        aria-label={
          mayWrite
            ? t('people.mark', { firm: firm.name, status: words, next: t(`people.statuses.${next}`) })
            : `${firm.name}: ${words}`
        }
        onClick={() => mark(next)}
      >
        {words}
      </Button>
    </Group>
  );
}
