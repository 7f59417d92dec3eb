import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconMailForward, IconPencil, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { tellDone } from '../../components/tell';
import { api, take } from '../../lib/api';
import { useUserChange, type User } from './users';

interface MenuProps {
  user: User;
  isMe: boolean;
  onEdit: () => void;
  onDeactivate: () => void;
}

export function UserMenu({ user, isMe, onEdit, onDeactivate }: MenuProps) {
  const { t } = useTranslation('admin');
  const params = { path: { id: user.id } };
  const invite = useUserChange(
    () => take(api.POST('/api/v1/users/{id}/invite', { params })),
    () => tellDone(t('users.invitedAgain', { email: user.email })),
  );
  const reactivate = useUserChange(
    () => take(api.POST('/api/v1/users/{id}/reactivate', { params })),
    () => tellDone(t('users.reactivated', { name: user.name })),
  );
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          aria-label={t('users.actionsOf', { name: user.name })}
          loading={invite.isPending || reactivate.isPending}
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
          {t('users.edit')}
        </Menu.Item>
        {user.active && user.invitedAt && (
          <Menu.Item leftSection={<IconMailForward size={16} aria-hidden />} onClick={() => invite.mutate()}>
            {t('users.inviteAgain')}
          </Menu.Item>
        )}
        {user.active && !isMe && (
          <Menu.Item leftSection={<IconUserOff size={16} aria-hidden />} onClick={onDeactivate}>
            {t('users.deactivate')}
          </Menu.Item>
        )}
        {!user.active && (
          <Menu.Item
            leftSection={<IconUserCheck size={16} aria-hidden />}
            onClick={() => reactivate.mutate()}
          >
            {t('users.reactivate')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
