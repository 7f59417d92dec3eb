import { ActionIcon, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import {
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
  IconUser,
  IconUserCircle,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { tellFailure } from '../components/tell';
import { api, take } from '../lib/api';
import { forgetDrafts } from '../lib/drafts';
import { useMe } from '../lib/session';
import { openShortcuts } from './shortcuts';

export function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => take(api.POST('/api/auth/sign-out')),
    onSuccess: async () => {
      forgetDrafts();
      await navigate({ to: '/sign-in', search: {} });
      client.clear();
    },
    onError: tellFailure,
  });
}

/** Language, light or dark, one's own account, signing out. */
export function PersonMenu() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  const signOut = useSignOut();
  const other = i18n.language === 'en' ? 'vi' : 'en';
  return (
    <Menu position="bottom-end" width={240} shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" radius="xl" aria-label={t('person.menu', { name: me.name })}>
          <IconUserCircle size={26} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.name} · {t(`role.${me.role}`)}
        </Menu.Label>
        <Menu.Item component={Link} to="/account" leftSection={<IconUser size={16} aria-hidden />}>
          {t('person.account')}
        </Menu.Item>
        <Menu.Item
          lang={other}
          leftSection={<IconLanguage size={16} aria-hidden />}
          onClick={() => void i18n.changeLanguage(other)}
        >
          {other === 'en' ? 'English' : 'Tiếng Việt'}
        </Menu.Item>
        <Menu.Item
          leftSection={dark ? <IconSun size={16} aria-hidden /> : <IconMoon size={16} aria-hidden />}
          onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        >
          {t(dark ? 'person.light' : 'person.dark')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={openShortcuts}>
          {t('shortcuts.title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate()}>
          {t('person.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
