import { Stack, Text, Timeline, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../components/form-dialog';
import { QueryState } from '../../components/states';
import { formatTime } from '../../lib/format';
import { useMay } from '../../lib/session';
import { ConsentForm } from './consent-form';
import { ConsentState } from './consent-state';
import { consentsQuery, type ConsentLine, type Contact } from './directory-queries';

interface ConsentDialogProps {
  opened: boolean;
  close: () => void;
  contact: Contact | null;
}

/** A person's consent ledger: what was agreed to or withdrawn, when, how, and who wrote it down. */
export function ConsentDialog({ opened, close, contact }: ConsentDialogProps) {
  const { t } = useTranslation('consents');
  return (
    <FormDialog opened={opened} close={close} title={t('title', { name: contact?.fullName ?? '' })}>
      {contact && <Ledger contact={contact} close={close} />}
    </FormDialog>
  );
}

function Ledger({ contact, close }: { contact: Contact; close: () => void }) {
  const { t } = useTranslation('consents');
  const mayWrite = useMay('consent.write');
  const query = useQuery(consentsQuery(contact.id));
  return (
    <QueryState query={query}>
      {({ current, items }) => (
        <Stack>
          <ConsentState state={current} />
          {current === 'withdrawn' && items[0]?.action !== 'withdrawn' && (
            <Text size="sm">{t('withdrawnElsewhere')}</Text>
          )}
          <Title order={3} size="h5">
            {t('ledger')}
          </Title>
          {items.length === 0 ? <Text c="dimmed">{t('empty')}</Text> : <Lines items={items} />}
          {mayWrite && <ConsentForm contact={contact} current={current} close={close} />}
        </Stack>
      )}
    </QueryState>
  );
}

function Lines({ items }: { items: ConsentLine[] }) {
  const { t } = useTranslation('consents');
  return (
    <Timeline bulletSize={22} lineWidth={2} color="gray">
      {items.map((line) => (
        <Timeline.Item
          key={line.id}
          bullet={
            line.action === 'given' ? <IconCheck size={14} aria-hidden /> : <IconX size={14} aria-hidden />
          }
          title={t(`action.${line.action}`)}
        >
          <Text size="sm" c="dimmed">
            {formatTime(line.recordedAt)} · {t(`channel.${line.channel}`)} ·{' '}
            {line.recordedBy ? (line.recordedBy.name ?? t('someone')) : t('self')}
          </Text>
          {line.evidence && (
            <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
              {line.evidence}
            </Text>
          )}
        </Timeline.Item>
      ))}
    </Timeline>
  );
}
