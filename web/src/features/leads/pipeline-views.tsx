import { Button, Menu, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconBookmark, IconBookmarkPlus, IconCheck, IconSettings, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PipelineAddress } from './pipeline-filters';
import { SaveViewDialog, ViewsDialog } from './pipeline-view-dialogs';
import { savedViewsQuery, type SavedView } from './pipeline-view-changes';

const same = (a: Record<string, string>, b: Record<string, string>): boolean =>
  Object.keys({ ...a, ...b }).every((name) => a[name] === b[name]);

function ViewItem({ view, active, apply }: { view: SavedView; active: boolean; apply: () => void }) {
  const { t } = useTranslation('pipeline');
  return (
    <Menu.Item
      onClick={apply}
      leftSection={active ? <IconCheck size={16} aria-hidden /> : <span style={{ width: 16 }} />}
      rightSection={view.shared ? <IconUsers size={14} aria-label={t('savedViews.shared')} /> : undefined}
      aria-current={active || undefined}
    >
      {view.name}
      {!view.mine && (
        <Text size="xs" c="dimmed">
          {view.owner.name}
        </Text>
      )}
    </Menu.Item>
  );
}

interface ViewsMenuProps {
  views: readonly SavedView[];
  current: SavedView | undefined;
  /** One's own, or those of others. */
  list: (mine: boolean) => React.ReactNode;
  open: (dialog: 'save' | 'manage') => void;
}

function ViewsMenu({ views, current, list, open }: ViewsMenuProps) {
  const { t } = useTranslation('pipeline');
  return (
    <Menu position="bottom-end" width={280} shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          maw={240}
          aria-label={current ? t('savedViews.current', { name: current.name }) : t('savedViews.title')}
        >
          <IconBookmark size={16} aria-hidden />
          <Text span inherit truncate visibleFrom="sm" ml={8}>
            {current?.name ?? t('savedViews.title')}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        {views.length === 0 && <Menu.Item disabled>{t('savedViews.none')}</Menu.Item>}
        {views.some(({ mine }) => mine) && <Menu.Label aria-hidden>{t('savedViews.mine')}</Menu.Label>}
        {list(true)}
        {views.some(({ mine }) => !mine) && <Menu.Label aria-hidden>{t('savedViews.others')}</Menu.Label>}
        {list(false)}
        <Menu.Divider />
        <Menu.Item leftSection={<IconBookmarkPlus size={16} aria-hidden />} onClick={() => open('save')}>
          {t('savedViews.save')}
        </Menu.Item>
        {views.length > 0 && (
          <Menu.Item leftSection={<IconSettings size={16} aria-hidden />} onClick={() => open('manage')}>
            {t('savedViews.manage')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The filters kept under a name: applied with one click, kept with two. */
export function PipelineViews({ address }: { address: PipelineAddress }) {
  const [dialog, setDialog] = useState<'save' | 'manage' | null>(null);
  const { data } = useQuery(savedViewsQuery);
  const views = data?.items ?? [];
  const current = views.find((view) => same(view.query, address.words));
  const list = (mine: boolean) =>
    views
      .filter((view) => view.mine === mine)
      .map((view) => (
        <ViewItem
          key={view.id}
          view={view}
          active={view === current}
          apply={() => address.replace({ ...view.query })}
        />
      ));
  return (
    <>
      <ViewsMenu views={views} current={current} list={list} open={setDialog} />
      <SaveViewDialog opened={dialog === 'save'} words={address.words} close={() => setDialog(null)} />
      <ViewsDialog
        opened={dialog === 'manage'}
        views={views}
        words={address.words}
        close={() => setDialog(null)}
      />
    </>
  );
}
