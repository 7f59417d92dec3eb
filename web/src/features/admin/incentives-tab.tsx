import { Badge, Button, Card, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconGift, IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, QueryState } from '../../components/states';
import { tellDone, tellFailure } from '../../components/tell';
import { wordsHere } from '../../components/translated';
import { api, ifMatch, take } from '../../lib/api';
import { formatDay } from '../../lib/format';
import { IncentiveDialog } from './incentive-dialog';
import { IncentiveMenu } from './incentive-menu';
import { forceOf, incentivesQuery, type Incentive } from './incentives';

/** Shows or hides an incentive on the public pages; taken back by one press. */
function usePublish() {
  const { t } = useTranslation('admin-incentives');
  const client = useQueryClient();
  const publish = useMutation({
    mutationFn: ({ id, version, isPublic }: Pick<Incentive, 'id' | 'version' | 'isPublic'>) =>
      take(
        api.PATCH('/api/v1/incentives/{id}', {
          params: { path: { id } },
          headers: ifMatch(version),
          body: { isPublic },
        }),
      ),
    onSuccess: ({ id, version, isPublic, title }) =>
      tellDone(
        t(isPublic ? 'published' : 'withdrawn', { name: wordsHere(title) }),
        () => publish.mutate({ id, version, isPublic: !isPublic }),
        `incentive-${id}`,
      ),
    onError: tellFailure,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['incentive'] });
      void client.invalidateQueries({ queryKey: ['cluster'] });
    },
  });
  return publish.mutate;
}

/** What the law gives investors, with its source and its dates. */
export default function IncentivesTab() {
  const { t } = useTranslation('admin-incentives');
  const query = useQuery(incentivesQuery);
  const [editing, setEditing] = useState<Incentive | 'new' | null>(null);
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>
      {t('add')}
    </Button>
  );
  return (
    <Stack maw={960}>
      <Group justify="space-between" align="start">
        <Text c="dimmed" maw={620}>
          {t('lead')}
        </Text>
        {add}
      </Group>
      <QueryState query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={IconGift} title={t('empty')} text={t('emptyText')} />
          ) : (
            <Stack>
              {items.map((incentive) => (
                <IncentiveCard key={incentive.id} incentive={incentive} edit={() => setEditing(incentive)} />
              ))}
            </Stack>
          )
        }
      </QueryState>
      {editing && (
        <IncentiveDialog incentive={editing === 'new' ? null : editing} close={() => setEditing(null)} />
      )}
    </Stack>
  );
}

const COLORS = { inForce: 'pine', coming: 'blue', past: 'gray' };

function IncentiveCard({ incentive, edit }: { incentive: Incentive; edit: () => void }) {
  const { t } = useTranslation('admin-incentives');
  const publish = usePublish();
  const { title, text, legalDocument, legalArticle, sourceGrade, effectiveFrom, effectiveTo } = incentive;
  const name = wordsHere(title);
  const force = forceOf(incentive);
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Group justify="space-between" align="start">
          <Title order={2} size="h5">
            {name}
          </Title>
          <Badge color={COLORS[force]} variant="light" tt="none" c="var(--mantine-color-text)">
            {t(`force.${force}`)}
          </Badge>
        </Group>
        <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
          {wordsHere(text)}
        </Text>
        <Text size="sm" c="dimmed">
          {[
            [legalDocument, legalArticle].filter(Boolean).join(', '),
            t(`appliesTo.${incentive.appliesTo}`),
            t(`scope.${incentive.scope}`),
            effectiveTo
              ? t('between', { from: formatDay(effectiveFrom), to: formatDay(effectiveTo) })
              : t('from', { from: formatDay(effectiveFrom) }),
            sourceGrade === 'secondary' && t('grade.secondary'),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        <Group justify="space-between">
          <Switch
            size="md"
            label={t('isPublic')}
            aria-label={t('publishNamed', { name })}
            checked={incentive.isPublic}
            onChange={({ currentTarget }) =>
              publish({ id: incentive.id, version: incentive.version, isPublic: currentTarget.checked })
            }
          />
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPencil size={16} aria-hidden />}
              aria-label={t('editNamed', { name })}
              onClick={edit}
            >
              {t('edit', { ns: 'common' })}
            </Button>
            <IncentiveMenu incentive={incentive} name={name} inForce={force === 'inForce'} />
          </Group>
        </Group>
      </Stack>
    </Card>
  );
}
