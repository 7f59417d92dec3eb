import { ActionIcon, Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArchive, IconArchiveOff, IconArrowsShuffle, IconDots, IconStar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { tellDone, tellFailure } from '../../components/tell';
import { api, ifMatch, take } from '../../lib/api';
import { planQuery, type Plan } from './plan-queries';

type Change = { isDefault?: boolean; archived?: boolean };

function useChange(id: string) {
  const { t } = useTranslation('plans');
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: ({ body, version }: { body: Change; version: number }) =>
      take(
        api.PATCH('/api/v1/follow-up-plans/{id}', {
          params: { path: { id } },
          body,
          headers: ifMatch(version),
        }),
      ),
    onSuccess: (saved, { body }) => {
      client.setQueryData(planQuery(id).queryKey, saved);
      void client.invalidateQueries({ queryKey: ['plan'] });
      if (body.archived === undefined) tellDone(t('isDefaultNow', { name: saved.name }));
      else
        tellDone(t(body.archived ? 'archivedNow' : 'usedAgain', { name: saved.name }), () =>
          change.mutate({ body: { archived: !body.archived }, version: saved.version }),
        );
    },
    onError: tellFailure,
  });
  return change;
}

/** What is done seldom to a plan. */
export function PlanMenu({ plan, onMove }: { plan: Plan; onMove: () => void }) {
  const { t } = useTranslation('plans');
  const change = useChange(plan.id);
  const send = (body: Change) => change.mutate({ body, version: plan.version });
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t('moreActions')} loading={change.isPending}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowsShuffle size={16} aria-hidden />} onClick={onMove}>
          {t('move.action')}
        </Menu.Item>
        {!plan.isDefault && !plan.archived && (
          <Menu.Item
            leftSection={<IconStar size={16} aria-hidden />}
            onClick={() => send({ isDefault: true })}
          >
            {t('makeDefault')}
          </Menu.Item>
        )}
        {!plan.isDefault && (
          <Menu.Item
            leftSection={
              plan.archived ? <IconArchiveOff size={16} aria-hidden /> : <IconArchive size={16} aria-hidden />
            }
            onClick={() => send({ archived: !plan.archived })}
          >
            {t(plan.archived ? 'useAgain' : 'archive')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
