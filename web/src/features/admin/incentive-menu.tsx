import { ActionIcon, Menu, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconCalendarOff, IconDots, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { tellDone, tellFailure } from '../../components/tell';
import { api, ifMatch, take } from '../../lib/api';
import { today } from '../../lib/format';
import type { Incentive } from './incentives';

interface MenuProps {
  incentive: Incentive;
  name: string;
  inForce: boolean;
}

/** What ends an incentive: its last day, or, for one that was entered in error, its removal. */
export function IncentiveMenu({ incentive, name, inForce }: MenuProps) {
  const { t } = useTranslation('admin-incentives');
  const acts = useEndings(incentive, name);
  const ask = () =>
    modals.openConfirmModal({
      title: t('removeTitle'),
      children: <Text size="sm">{t('removeText', { name })}</Text>,
      labels: { confirm: t('remove'), cancel: t('cancel', { ns: 'common' }) },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': t('close', { ns: 'common' }) },
      onConfirm: acts.remove,
    });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t('moreNamed', { name })}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {inForce && incentive.effectiveTo !== today() && (
          <Menu.Item
            leftSection={<IconCalendarOff size={16} aria-hidden />}
            onClick={() => acts.end({ version: incentive.version, effectiveTo: today() })}
          >
            {t('endToday')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={ask}>
          {t('remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useEndings({ id, version, effectiveTo: before }: Incentive, name: string) {
  const { t } = useTranslation('admin-incentives');
  const client = useQueryClient();
  const path = { id };
  const refresh = () => {
    void client.invalidateQueries({ queryKey: ['incentive'] });
    void client.invalidateQueries({ queryKey: ['cluster'] });
  };
  const end = useMutation({
    mutationFn: (to: { version: number; effectiveTo: string | null }) =>
      take(
        api.PATCH('/api/v1/incentives/{id}', {
          params: { path },
          headers: ifMatch(to.version),
          body: { effectiveTo: to.effectiveTo },
        }),
      ),
    onSuccess: (saved) =>
      saved.effectiveTo === before
        ? tellDone(t('endTakenBack', { name }))
        : tellDone(t('ended', { name }), () => end.mutate({ version: saved.version, effectiveTo: before })),
    onError: tellFailure,
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: () =>
      take(api.DELETE('/api/v1/incentives/{id}', { params: { path }, headers: ifMatch(version) })),
    onSuccess: () => tellDone(t('removed', { name })),
    onError: tellFailure,
    onSettled: refresh,
  });
  return { end: end.mutate, remove: () => remove.mutate() };
}
