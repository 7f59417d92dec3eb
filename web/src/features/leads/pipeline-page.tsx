import { Button, Group, SegmentedControl, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconColumns3, IconList, IconPlus } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { EmptyState, ErrorState, LoadingRows } from '../../components/states';
import { hasStatus } from '../../lib/problem';
import { useRowKeys } from '../../lib/row-keys';
import { useMay } from '../../lib/session';
import { Board } from './board';
import { NewLeadDialog } from './new-lead-dialog';
import { PipelineFilterBar } from './pipeline-filter-bar';
import { usePipelineAddress, useStageTotals, type PipelineAddress } from './pipeline-filters';
import { PipelineTable } from './pipeline-table';
import { asksForMore, useStageMove, useStages, type LeadRow } from './stage-move';
import { StageMoveDialog } from './stage-move-dialog';

/** Moves at once what the gates let through; asks first for the rest. */
function useMoving() {
  const [asked, setAsked] = useState<{ lead: LeadRow; to: string | null } | null>(null);
  const { mutate } = useStageMove();
  const infrastructure = useStages('infrastructure');
  const secondary = useStages('secondary');
  const move = useCallback(
    (lead: LeadRow, to: string | null) => {
      const stages = lead.kind === 'infrastructure' ? infrastructure : secondary;
      if (to === null || asksForMore(lead, to, stages)) setAsked({ lead, to });
      else mutate({ lead, body: { to } });
    },
    [infrastructure, secondary, mutate],
  );
  return { move, asked, close: () => setAsked(null) };
}

function Kind({ address }: { address: PipelineAddress }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      aria-label={t('pipeline:kind')}
      value={address.kind}
      onChange={(kind) => address.set({ kind, column: undefined, stage: undefined })}
      data={(['infrastructure', 'secondary'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
    />
  );
}

const VIEWS = [
  { value: 'board', icon: IconColumns3 },
  { value: 'table', icon: IconList },
] as const;

function View({ address }: { address: PipelineAddress }) {
  const { t } = useTranslation('pipeline');
  return (
    <SegmentedControl
      aria-label={t('view')}
      value={address.view}
      onChange={(view) => address.set({ view: view === 'board' ? undefined : view })}
      data={VIEWS.map(({ value, icon: Symbol }) => ({
        value,
        label: (
          <Group gap={6} wrap="nowrap">
            <Symbol size={16} aria-hidden />
            <Text span inherit visibleFrom="sm">
              {t(`views.${value}`)}
            </Text>
            <VisuallyHidden hiddenFrom="sm">{t(`views.${value}`)}</VisuallyHidden>
          </Group>
        ),
      }))}
    />
  );
}

function Content({
  address,
  move,
}: {
  address: PipelineAddress;
  move: (lead: LeadRow, to: string | null) => void;
}) {
  const { t } = useTranslation('pipeline');
  const { kind, filters, view } = address;
  const stages = useStages(kind);
  const rows = useRowKeys<HTMLDivElement>();
  const { query, all } = useStageTotals(kind, filters);
  const clear = (
    <Button variant="default" onClick={() => address.replace({})}>
      {t('clearAll')}
    </Button>
  );
  if (hasStatus(query.error, 400))
    return <EmptyState title={t('empty.badLink')} text={t('empty.badLinkText')} action={clear} />;
  if (query.error && !query.data)
    return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (stages.length === 0 || !all) return <LoadingRows />;
  if (all.count.value === 0 && !query.isPlaceholderData) {
    const filtered = Object.keys(filters).length > 0;
    return (
      <EmptyState
        title={t(filtered ? 'empty.filtered' : 'empty.title')}
        text={t(filtered ? 'empty.filteredText' : 'empty.text')}
        action={filtered && clear}
      />
    );
  }
  const Shape = view === 'table' ? PipelineTable : Board;
  return (
    <div ref={rows}>
      <Shape address={address} stages={stages} move={move} />
    </div>
  );
}

/** Where does each lead stand? */
export function PipelinePage() {
  const { t } = useTranslation('pipeline');
  const address = usePipelineAddress();
  const mayWrite = useMay('lead.write');
  const { move, asked, close } = useMoving();
  const total = useStageTotals(address.kind, address.filters).all?.count.value;
  const add = () => mayWrite && !asked && address.set({ new: '1' });
  useHotkeys([['n', add]]);
  return (
    <Page
      title={t('nav.pipeline', { ns: 'common' })}
      lead={total === undefined ? t('question') : t('leads', { count: total })}
      actions={
        mayWrite && (
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={add}>
            {t('add')}
          </Button>
        )
      }
    >
      <Stack gap="sm">
        <Group gap="sm" justify="space-between">
          <Kind address={address} />
          <View address={address} />
        </Group>
        <PipelineFilterBar address={address} />
        <Content address={address} move={move} />
      </Stack>
      <StageMoveDialog lead={asked?.lead ?? null} to={asked?.to} onClose={close} />
      <NewLeadDialog
        opened={address.adding && mayWrite}
        kind={address.kind}
        onClose={() => address.set({ new: undefined })}
      />
    </Page>
  );
}
