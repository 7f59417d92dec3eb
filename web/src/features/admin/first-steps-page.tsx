import { Anchor, Button, Group, Paper, Progress, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconAlertTriangle, IconCheck, IconCircleDashed } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { ErrorState, LoadingRows } from '../../components/states';
import { useFirstSteps, type FirstSteps } from './first-steps';

interface Step {
  name: string;
  done: boolean;
  /** Something is wrong with what is done. */
  warns?: boolean;
  text: string;
  link: ReactNode;
}

function GoTo({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Button component={Link} to={to} variant="default" size="sm">
      {children}
    </Button>
  );
}

function GoToPart({ tab, children }: { tab: string; children: ReactNode }) {
  return (
    <Button
      renderRoot={(props) => <Link {...props} to="/admin" search={{ tab }} />}
      variant="default"
      size="sm"
    >
      {children}
    </Button>
  );
}

function mailStep({ mail }: FirstSteps, t: (key: string) => string): Step {
  const local = mail?.goesTo === 'local_mailbox';
  return {
    name: 'mail',
    done: !local && Boolean(mail?.ok),
    warns: !local && !mail?.ok,
    text: t(local ? 'mail.local' : mail?.ok ? 'mail.server' : 'mail.away'),
    link: local ? (
      <Button component="a" href="/mailbox" target="_blank" variant="default" size="sm">
        {t('mail.open')}
      </Button>
    ) : (
      <GoTo to="/messages">{t('mail.sent')}</GoTo>
    ),
  };
}

function useSteps(state: FirstSteps): Step[] {
  const { t } = useTranslation('first-steps');
  const { thisYear, colleagues = 0, clusters = 0, days = [0, 0], templates, plan, rounds = 0 } = state;
  const [now = 0, next = 0] = days;
  return [
    {
      name: 'password',
      done: true,
      text: t('password.text'),
      link: <GoTo to="/account">{t('password.go')}</GoTo>,
    },
    {
      name: 'colleagues',
      done: colleagues > 0,
      text: t(colleagues > 0 ? 'colleagues.some' : 'colleagues.none', { count: colleagues }),
      link: <GoToPart tab="users">{t('colleagues.go')}</GoToPart>,
    },
    mailStep(state, t),
    {
      name: 'clusters',
      done: clusters > 0,
      text: t(clusters > 0 ? 'clusters.some' : 'clusters.none', { count: clusters }),
      link: <GoTo to="/clusters">{t('clusters.go')}</GoTo>,
    },
    {
      name: 'calendar',
      done: now > 0 && next > 0,
      text: [
        t(now > 0 ? 'calendar.some' : 'calendar.none', { year: thisYear, count: now }),
        t(next > 0 ? 'calendar.some' : 'calendar.none', { year: thisYear + 1, count: next }),
      ].join(' '),
      link: <GoToPart tab="calendar">{t('calendar.go')}</GoToPart>,
    },
    {
      name: 'plan',
      done: state.reviewed,
      text: t('plan.text', { plan: plan?.name ?? '–', count: templates?.total ?? 0 }),
      link: <PlanLinks state={state} />,
    },
    {
      name: 'round',
      done: rounds > 0,
      text: t(rounds > 0 ? 'round.some' : 'round.none', { count: rounds }),
      link: <GoTo to="/rounds">{t('round.go')}</GoTo>,
    },
  ];
}

function PlanLinks({ state: { plan, reviewed, markReviewed } }: { state: FirstSteps }) {
  const { t } = useTranslation('first-steps');
  return (
    <Group gap="xs">
      {!reviewed && (
        <Button size="sm" variant="light" onClick={markReviewed}>
          {t('plan.keep')}
        </Button>
      )}
      <GoTo to={plan ? `/plans/${plan.id}` : '/plans'}>{t('plan.go')}</GoTo>
      <GoTo to="/templates">{t('plan.templates')}</GoTo>
    </Group>
  );
}

/** Is the program ready for the agency's first round? */
export function FirstStepsPage() {
  const { t } = useTranslation('first-steps');
  const state = useFirstSteps();
  const steps = useSteps(state);
  const done = steps.filter((step) => step.done).length;
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Button component={Link} to="/">
          {t('start')}
        </Button>
      }
    >
      {!state.error && state.isPending && <LoadingRows rows={7} height={76} />}
      {state.error && <ErrorState error={state.error} retry={() => void state.refetch()} />}
      {!state.error && !state.isPending && (
        <Stack gap="md" maw={860}>
          <Text fw={600} id="first-steps-progress">
            {t('progress', { done, count: steps.length })}
          </Text>
          <Progress.Root size="lg">
            <Progress.Section value={(done / steps.length) * 100} aria-labelledby="first-steps-progress" />
          </Progress.Root>
          <Stack component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
            {steps.map((step) => (
              <StepRow key={step.name} step={step} />
            ))}
          </Stack>
          <Text size="sm" c="dimmed">
            {t('later')}{' '}
            <Anchor component={Link} to="/admin" inherit underline="always">
              {t('nav.admin', { ns: 'common' })}
            </Anchor>
          </Text>
        </Stack>
      )}
    </Page>
  );
}

function StepRow({ step: { name, done, warns, text, link } }: { step: Step }) {
  const { t } = useTranslation('first-steps');
  const Symbol = done ? IconCheck : warns ? IconAlertTriangle : IconCircleDashed;
  return (
    <Paper component="li" withBorder p="sm">
      <Group gap="sm" align="flex-start" wrap="nowrap">
        <ThemeIcon
          variant="light"
          color={done ? 'pine' : warns ? 'red' : 'gray'}
          radius="xl"
          size={32}
          role="img"
          aria-label={t(done ? 'state.done' : warns ? 'state.warns' : 'state.open')}
        >
          <Symbol size={18} />
        </ThemeIcon>
        <Group justify="space-between" gap="sm" flex={1} miw={0}>
          <Stack gap={0} miw={200} flex={1}>
            <Title order={2} size="h5">
              {t(`${name}.title`)}
            </Title>
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          </Stack>
          {link}
        </Group>
      </Group>
    </Paper>
  );
}
