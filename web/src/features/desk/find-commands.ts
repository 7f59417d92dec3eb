import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import {
  IconBuildingFactory2,
  IconColumns3,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconPhone,
  IconRocket,
  IconSpeakerphone,
  IconSun,
  IconUser,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../lib/session';

export interface FindPlace {
  to: string;
  name: string;
  icon: Icon;
  needs?: string;
}

/** What the frame of the app lends to the finder. */
export interface Lent {
  places: FindPlace[];
  signOut: () => void;
  showKeys: () => void;
}

export interface Command {
  id: string;
  label: string;
  icon: Icon;
  group: 'do' | 'go' | 'set';
  run: () => void;
  /** The finder stays open. */
  stays?: boolean;
}

/** The person's own account, language and look, and the ways out. */
function useSettings({ signOut, showKeys }: Pick<Lent, 'signOut' | 'showKeys'>): Command[] {
  const { t, i18n } = useTranslation('find');
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  const other = i18n.language === 'en' ? 'vi' : 'en';
  const settings = [
    {
      id: 'account',
      icon: IconUser,
      label: t('person.account', { ns: 'common' }),
      run: () => void navigate({ to: '/account' }),
    },
    {
      id: 'language',
      icon: IconLanguage,
      label: t(`language.${other}`),
      run: () => void i18n.changeLanguage(other),
    },
    {
      id: 'scheme',
      icon: dark ? IconSun : IconMoon,
      label: t(dark ? 'person.light' : 'person.dark', { ns: 'common' }),
      run: () => setColorScheme(dark ? 'light' : 'dark'),
    },
    { id: 'keys', icon: IconKeyboard, label: t('shortcuts.title', { ns: 'common' }), run: showKeys },
    { id: 'sign-out', icon: IconLogout, label: t('person.signOut', { ns: 'common' }), run: signOut },
  ];
  return settings.map((command): Command => ({ ...command, group: 'set' }));
}

/** What can be done from anywhere, the most common first. */
export function useCommands({ places, signOut, showKeys }: Lent, pickCall: () => void): Command[] {
  const { t } = useTranslation('find');
  const { permissions } = useMe();
  const navigate = useNavigate();
  const make = (to: string) => () => void navigate({ to, search: { new: '1' } });
  const may = (action?: string) => !action || permissions.includes(action);
  const doing = [
    { id: 'call', icon: IconPhone, needs: 'lead.write', run: pickCall, stays: true },
    { id: 'lead', icon: IconColumns3, needs: 'lead.write', run: make('/pipeline') },
    { id: 'firm', icon: IconBuildingFactory2, needs: 'firm.write', run: make('/firms') },
    { id: 'round', icon: IconSpeakerphone, needs: 'round.write', run: make('/rounds') },
  ];
  const going = places.filter(({ needs }) => may(needs));
  const settings = useSettings({ signOut, showKeys });
  return [
    ...doing
      .filter(({ needs }) => may(needs))
      .map((command): Command => ({ ...command, group: 'do', label: t(`do.${command.id}`) })),
    ...going.map(({ to, name, icon }): Command => ({
      id: `go-${name}`,
      group: 'go',
      icon,
      label: t(`nav.${name}`, { ns: 'common' }),
      run: () => void navigate({ to }),
    })),
    ...(may('user.write')
      ? [
          {
            id: 'go-first-steps',
            group: 'go' as const,
            icon: IconRocket,
            label: t('firstSteps'),
            run: () => void navigate({ to: '/first-steps' }),
          },
        ]
      : []),
    ...settings,
  ];
}
