import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import { formatDay } from '../../lib/format';
import { useMe } from '../../lib/session';
import { ActionsHead } from './actions-head';
import { DeactivateDialog } from './deactivate-dialog';
import { InviteDialog } from './invite-dialog';
import { EditUserDialog } from './edit-user-dialog';
import { useDistrictName } from './user-duties';
import { UserMenu } from './user-menu';
import { usersQuery, type User } from './users';

type Open = { what: 'edit' | 'deactivate'; user: User } | null;

/** Who works here, with which role, and who has not come in yet. */
export default function UsersTab() {
  const { t } = useTranslation('admin');
  const [inviting, setInviting] = useState(false);
  const [open, setOpen] = useState<Open>(null);
  const query = useQuery(usersQuery);
  const close = () => setOpen(null);
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed">{t('users.text')}</Text>
        <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>
          {t('users.invite')}
        </Button>
      </Group>
      <QueryState query={query}>
        {({ items }) => (
          <Table verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('users.name')}</Table.Th>
                <Table.Th visibleFrom="sm">{t('users.role')}</Table.Th>
                <Table.Th visibleFrom="sm">{t('users.state')}</Table.Th>
                <ActionsHead w={50} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((user) => (
                <UserRow
                  key={user.id}
                  user={user}
                  onEdit={() => setOpen({ what: 'edit', user })}
                  onDeactivate={() => setOpen({ what: 'deactivate', user })}
                />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </QueryState>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {open?.what === 'edit' && <EditUserDialog user={open.user} onClose={close} />}
      {open?.what === 'deactivate' && <DeactivateDialog user={open.user} onClose={close} />}
    </Stack>
  );
}

interface RowProps {
  user: User;
  onEdit: () => void;
  onDeactivate: () => void;
}

function UserRow({ user, onEdit, onDeactivate }: RowProps) {
  const { t } = useTranslation(['admin', 'duties']);
  const districtName = useDistrictName();
  const me = useMe();
  const role = t(`role.${user.role}`, { ns: 'common' });
  return (
    <Table.Tr opacity={user.active ? 1 : undefined}>
      <Table.Td>
        <Text fw={600} component="div">
          {user.name} {user.id === me.id && <Badge tt="none">{t('users.me')}</Badge>}
        </Text>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {user.email}
        </Text>
        {user.districtIds.length > 0 && (
          <Text size="sm">
            {t('shown', { ns: 'duties', names: user.districtIds.map(districtName).join(', ') })}
          </Text>
        )}
        <Group gap="xs" hiddenFrom="sm">
          <Text size="sm">{role}</Text>
          <UserState user={user} />
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="sm">{role}</Table.Td>
      <Table.Td visibleFrom="sm">
        <UserState user={user} />
      </Table.Td>
      <Table.Td>
        <UserMenu user={user} isMe={user.id === me.id} onEdit={onEdit} onDeactivate={onDeactivate} />
      </Table.Td>
    </Table.Tr>
  );
}

function UserState({ user }: { user: User }) {
  const { t } = useTranslation('admin');
  if (!user.active)
    return (
      <Text size="sm" c="dimmed">
        {t('users.deactivated', { day: formatDay(user.deactivatedAt ?? '') })}
      </Text>
    );
  if (user.invitedAt) return <Text size="sm">{t('users.invited', { day: formatDay(user.invitedAt) })}</Text>;
  if (user.mustChangePassword) return <Text size="sm">{t('users.mustChange')}</Text>;
  return <Text size="sm">{t('users.active')}</Text>;
}
