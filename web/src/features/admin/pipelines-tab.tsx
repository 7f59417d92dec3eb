import {
  Badge,
  Button,
  Checkbox,
  Group,
  NumberInput,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import { tellDone } from '../../components/tell';
import { useVersionedSave } from '../../components/versioned';
import { api, ifMatch, take } from '../../lib/api';
import { showFaults } from '../../lib/form-faults';
import { inLanguage } from '../../lib/format';
import { hasStatus } from '../../lib/problem';
import { pipelinesQuery, type LeadKind, type Stage } from '../../lib/pipelines';
import { ActionsHead } from './actions-head';
import { FormDialog } from './dialog';

type Open = { kind: LeadKind; stage: Stage } | null;

/** The stages of each way, what they ask for, and when a lead in them counts as standing still. */
export default function PipelinesTab() {
  const { t } = useTranslation('admin');
  const [open, setOpen] = useState<Open>(null);
  const query = useQuery(pipelinesQuery);
  return (
    <Stack gap="xl">
      <Text c="dimmed">{t('stage.text')}</Text>
      <QueryState query={query}>
        {({ items }) => (
          <>
            {items.map((pipeline) => (
              <Stack key={pipeline.kind} component="section" gap="xs" aria-label={inLanguage(pipeline)}>
                <Title order={2} size="h4">
                  {inLanguage(pipeline)}
                </Title>
                <StagesTable
                  stages={pipeline.stages}
                  onEdit={(stage) => setOpen({ kind: pipeline.kind, stage })}
                />
              </Stack>
            ))}
          </>
        )}
      </QueryState>
      {open && <StageDialog kind={open.kind} stage={open.stage} onClose={() => setOpen(null)} />}
    </Stack>
  );
}

function StagesTable({ stages, onEdit }: { stages: Stage[]; onEdit: (stage: Stage) => void }) {
  const { t } = useTranslation('admin');
  return (
    <Table verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={40}>{t('stage.number')}</Table.Th>
          <Table.Th>{t('stage.name')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('stage.stale')}</Table.Th>
          <ActionsHead w={90} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {stages.map((stage) => (
          <Table.Tr key={stage.code}>
            <Table.Td>{stage.position}</Table.Td>
            <Table.Td>
              <Text>{inLanguage(stage)}</Text>
              <Group gap={6}>
                {(['needsCluster', 'needsEvidence'] as const)
                  .filter((gate) => stage[gate])
                  .map((gate) => (
                    <Badge key={gate} variant="outline" tt="none" fw={500}>
                      {t(`stage.${gate}`)}
                    </Badge>
                  ))}
              </Group>
              <Text size="sm" hiddenFrom="sm" c="dimmed">
                <Stale days={stage.staleAfterDays} />
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm">
              <Stale days={stage.staleAfterDays} />
            </Table.Td>
            <Table.Td>
              <Button
                size="compact-sm"
                variant="subtle"
                aria-label={t('stage.editNamed', { name: inLanguage(stage) })}
                onClick={() => onEdit(stage)}
              >
                {t('edit', { ns: 'common' })}
              </Button>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Stale({ days }: { days: number | null }) {
  const { t } = useTranslation('admin');
  return <>{days === null ? t('stage.never') : t('stage.afterDays', { count: days })}</>;
}

type StageBody = Pick<Stage, 'nameVi' | 'nameEn' | 'needsEvidence' | 'needsCluster' | 'staleAfterDays'>;
const FIELDS = ['nameVi', 'nameEn', 'needsCluster', 'needsEvidence', 'staleAfterDays'] as const;

function useStageSave(kind: LeadKind, stage: Stage, onClose: () => void) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const done = () => {
    void client.invalidateQueries({ queryKey: ['pipeline'] });
    onClose();
  };
  const words = (value: string | number | boolean | null) =>
    typeof value === 'boolean' ? t(value ? 'yes' : 'no') : value === null ? t('stage.never') : String(value);
  return useVersionedSave<Stage, StageBody>({
    send: (body, version) =>
      take(
        api.PATCH('/api/v1/pipelines/{kind}/stages/{code}', {
          params: { path: { kind, code: stage.code } },
          body,
          headers: ifMatch(version),
        }),
      ),
    current: async () => {
      const { items } = await client.fetchQuery({ ...pipelinesQuery, staleTime: 0 });
      return items.find((one) => one.kind === kind)!.stages.find(({ code }) => code === stage.code)!;
    },
    differences: (mine, theirs) =>
      FIELDS.filter((field) => theirs[field] !== stage[field] && theirs[field] !== mine[field]).map(
        (field) => ({
          field: t(`stage.${field}`),
          mine: words(mine[field]),
          theirs: words(theirs[field]),
        }),
      ),
    onSaved: () => {
      tellDone(t('saved', { ns: 'common' }));
      done();
    },
    onTheirs: done,
  });
}

function StageDialog({ kind, stage, onClose }: { kind: LeadKind; stage: Stage; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const [refusal, setRefusal] = useState<string | null>(null);
  const save = useStageSave(kind, stage, onClose);
  const missing = (value: string) => (value.trim() ? null : t('required'));
  const form = useForm({
    initialValues: { ...stage, staleAfterDays: (stage.staleAfterDays ?? '') as number | string },
    validate: { nameVi: missing, nameEn: missing },
  });
  const submit = form.onSubmit(({ nameVi, nameEn, needsCluster, needsEvidence, staleAfterDays }) =>
    save.mutate(
      {
        body: {
          nameVi,
          nameEn,
          needsCluster,
          needsEvidence,
          staleAfterDays: staleAfterDays === '' ? null : Number(staleAfterDays),
        },
        version: stage.version,
      },
      { onError: (error) => !hasStatus(error, 412) && setRefusal(showFaults(form, error)) },
    ),
  );
  return (
    <FormDialog
      title={t('stage.editNamed', { name: inLanguage(stage) })}
      onClose={onClose}
      onSubmit={submit}
      saving={save.isPending}
      action={t('save', { ns: 'common' })}
      refusal={refusal}
    >
      <TextInput
        label={t('stage.nameVi')}
        withAsterisk
        data-autofocus
        maxLength={100}
        {...form.getInputProps('nameVi')}
      />
      <TextInput label={t('stage.nameEn')} withAsterisk maxLength={100} {...form.getInputProps('nameEn')} />
      <NumberInput
        label={t('stage.staleAfterDays')}
        description={t('stage.staleText')}
        min={1}
        max={3650}
        allowDecimal={false}
        {...form.getInputProps('staleAfterDays')}
      />
      <Checkbox
        label={t('stage.needsCluster')}
        {...form.getInputProps('needsCluster', { type: 'checkbox' })}
      />
      <Checkbox
        label={t('stage.needsEvidence')}
        {...form.getInputProps('needsEvidence', { type: 'checkbox' })}
      />
    </FormDialog>
  );
}
