import { Select, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { inLanguage } from '../../lib/format';
import { pipelinesQuery } from '../../lib/pipelines';
import type { PlanForm } from './plan-form';

const NEVER = '-';

/** At which stage a lead has come far enough for the reminders to end. */
export function PlanStops({ form, mayWrite }: { form: PlanForm; mayWrite: boolean }) {
  const { t } = useTranslation('plans');
  const { data } = useQuery(pipelinesQuery);
  return (
    <Stack gap="xs">
      <div>
        <Title order={2} size="h4">
          {t('stop.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('stop.text')}
        </Text>
      </div>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {(['infrastructure', 'secondary'] as const).map((kind) => {
          const stages = data?.items.find((pipeline) => pipeline.kind === kind)?.stages ?? [];
          return (
            <Select
              key={kind}
              label={t(`stop.${kind}`)}
              readOnly={!mayWrite}
              allowDeselect={false}
              data={[
                { value: NEVER, label: t('noStop') },
                ...stages.map((stage) => ({ value: stage.code, label: inLanguage(stage) })),
              ]}
              value={form.values[kind] ?? NEVER}
              onChange={(code) => form.setFieldValue(kind, code === NEVER ? null : code)}
              error={form.errors[`stopStages.${kind}`]}
            />
          );
        })}
      </SimpleGrid>
    </Stack>
  );
}
