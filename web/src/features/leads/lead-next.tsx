import { Alert, Badge, Button, Card, Group, Stack, Text, Title, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCalendarDue,
  IconClockExclamation,
  IconMail,
  IconPhone,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { now } from '../../lib/clock';
import { formatFromNow, formatTime, local } from '../../lib/format';
import type { Lead } from './lead-queries';

/** What has to happen next, and how late that is. */
export function LeadNext({ lead }: { lead: Lead }) {
  const { t } = useTranslation('lead');
  return (
    <Card withBorder component="section" aria-labelledby="lead-next">
      <Stack gap="xs">
        <Group gap="xs">
          <IconCalendarDue size={20} aria-hidden />
          <Title order={2} size="h4" id="lead-next">
            {t('next.title')}
          </Title>
        </Group>
        {lead.nextAction ? (
          <>
            <Text fz="lg" fw={600} style={{ overflowWrap: 'anywhere' }}>
              {lead.nextAction}
            </Text>
            <Due at={lead.nextActionAt} />
          </>
        ) : (
          <Text c="dimmed">{t('next.none')}</Text>
        )}
        <Missing missing={lead.missing} />
        <ServiceClocks service={lead.service} />
        <Reach contact={lead.primaryContact} />
      </Stack>
    </Card>
  );
}

function Due({ at }: { at: string | null }) {
  const { t } = useTranslation('lead');
  if (!at) return <Text c="dimmed">{t('next.noDay')}</Text>;
  const late = Date.parse(at) < now().getTime();
  const words = { time: formatTime(at), distance: formatFromNow(at), span: local(at).from(now(), true) };
  return (
    <Group gap="xs">
      <Text>{t('next.due', words)}</Text>
      <Badge color={late ? 'red' : 'pine'} variant="light" tt="none">
        {t(late ? 'next.late' : 'next.ahead', words)}
      </Badge>
    </Group>
  );
}

function Missing({ missing }: Pick<Lead, 'missing'>) {
  const { t } = useTranslation('lead');
  if (missing.length === 0) return null;
  return (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} py="xs">
      {missing.map((what) => (
        <Text size="sm" key={what}>
          {t(`next.missing.${what}`)}
        </Text>
      ))}
    </Alert>
  );
}

/** The main contact at one press: a telephone calls, a desk writes. */
function Reach({ contact }: { contact: Lead['primaryContact'] }) {
  const { t } = useTranslation('lead');
  if (!contact?.phone && !contact?.email) return null;
  const { name, phone, email } = contact;
  return (
    <Group gap="xs" mt={4}>
      {phone && (
        <Button
          component="a"
          href={`tel:${phone}`}
          variant="default"
          size="compact-md"
          leftSection={<IconPhone size={16} aria-hidden />}
        >
          {t('next.call', { name })}
        </Button>
      )}
      {email && (
        <Button
          component="a"
          href={`mailto:${email}`}
          variant="default"
          size="compact-md"
          leftSection={<IconMail size={16} aria-hidden />}
        >
          {t('next.write', { name })}
        </Button>
      )}
    </Group>
  );
}

const CLOCK_COLORS = { in_time: 'pine', waiting: 'blue', late: 'red', overdue: 'red' } as const;

/** The clocks of the service standard that an enquiry starts. */
function ServiceClocks({ service }: Pick<Lead, 'service'>) {
  const { t } = useTranslation('lead');
  if (!service) return null;
  return (
    <Group gap="xs">
      <IconClockExclamation size={16} aria-hidden />
      {(['acknowledge', 'answer'] as const).map((name) => {
        const clock = service[name];
        const words = { due: formatTime(clock.dueAt), done: clock.doneAt ? formatTime(clock.doneAt) : '' };
        return (
          <Tooltip key={name} label={t(clock.doneAt ? 'service.doneAt' : 'service.dueAt', words)}>
            <Badge color={CLOCK_COLORS[clock.state]} variant="light" tt="none" tabIndex={0}>
              {t(`service.${name}`)}: {t(`service.${clock.state}`)}
            </Badge>
          </Tooltip>
        );
      })}
    </Group>
  );
}
