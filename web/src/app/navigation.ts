import {
  IconBuildingFactory2,
  IconChartBar,
  IconClipboardList,
  IconColumns3,
  IconListCheck,
  IconInbox,
  IconMailForward,
  IconMap2,
  IconSettings,
  IconSpeakerphone,
  IconTemplate,
  type Icon,
} from '@tabler/icons-react';

export interface Place {
  to: string;
  /** Key in the words `common:nav`. */
  name: string;
  icon: Icon;
  /** The action that one must be allowed; all may see the rest. */
  needs?: string;
  /** What waits there is counted beside its name. */
  counted?: 'inbox';
  /** `g` and then this key. */
  key: string;
}

/** The places of the main menu, the most used first. */
export const PLACES: Place[] = [
  { to: '/', name: 'today', icon: IconListCheck, key: 't' },
  { to: '/pipeline', name: 'pipeline', icon: IconColumns3, key: 'p' },
  { to: '/firms', name: 'firms', icon: IconBuildingFactory2, key: 'f' },
  { to: '/clusters', name: 'clusters', icon: IconMap2, key: 'c' },
  { to: '/rounds', name: 'rounds', icon: IconSpeakerphone, key: 'r' },
  { to: '/reports', name: 'reports', icon: IconChartBar, needs: 'report.read', key: 'b' },
  { to: '/inbox', name: 'inbox', icon: IconInbox, needs: 'inbox.read', counted: 'inbox', key: 'i' },
  { to: '/messages', name: 'messages', icon: IconMailForward, key: 'm' },
  { to: '/plans', name: 'plans', icon: IconClipboardList, key: 'l' },
  { to: '/templates', name: 'templates', icon: IconTemplate, key: 'e' },
  { to: '/admin', name: 'admin', icon: IconSettings, needs: 'audit.read', key: 'a' },
];
