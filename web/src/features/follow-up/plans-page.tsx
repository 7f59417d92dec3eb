import { Anchor, Badge, Button, Card, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { EmptyState, LoadingRows, QueryState } from '../../components/states';
import { useMay } from '../../lib/session';
import { NewPlanDialog } from './new-plan-dialog';
import { draftOf } from './plan-form';
import { plansQuery, type Plan } from './plan-queries';
import { usePlanWords } from './plan-words';

/** Which reminders follow a round. */
export function PlansPage() {
  const { t } = useTranslation('plans');
  const mayWrite = useMay('plan.write');
  const [archived, setArchived] = useState(false);
  const [creating, setCreating] = useState(false);
  const query = useQuery(plansQuery(archived));
  return (
    <Page
      title={t('page')}
      lead={t('pageLead')}
      actions={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
            {t('new')}
          </Button>
        )
      }
    >
      <Switch
        label={t('showArchived')}
        checked={archived}
        onChange={({ currentTarget }) => setArchived(currentTarget.checked)}
      />
      <QueryState query={query} loading={<LoadingRows rows={3} height={140} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('empty')} text={t('emptyText')} />
          ) : (
            <Stack maw={900}>
              {items.map((plan) => (
                <PlanCard key={plan.id} plan={plan} />
              ))}
            </Stack>
          )
        }
      </QueryState>
      {creating && <NewPlanDialog plans={query.data?.items ?? []} onClose={() => setCreating(false)} />}
    </Page>
  );
}

function PlanCard({ plan }: { plan: Plan }) {
  const { t } = useTranslation('plans');
  const { offset, title } = usePlanWords();
  return (
    <Card withBorder padding="lg">
      <Group gap="xs" mb="xs">
        <Title order={2} size="h4">
          <Anchor
            inherit
            renderRoot={(props) => <Link {...props} to="/plans/$planId" params={{ planId: plan.id }} />}
          >
            {plan.name}
          </Anchor>
        </Title>
        {plan.isDefault && <Badge tt="none">{t('default')}</Badge>}
        {plan.archived && (
          <Badge tt="none" color="gray">
            {t('archived')}
          </Badge>
        )}
      </Group>
      <Stack component="ol" gap={2} m={0} pl="lg">
        {plan.steps.map((step) => (
          <li key={step.id}>
            <Text span size="sm" c="dimmed">
              {offset(draftOf(step))}:{' '}
            </Text>
            <Text span size="sm">
              {title(step)}
            </Text>
          </li>
        ))}
      </Stack>
    </Card>
  );
}
