import { Combobox, Group, Text } from '@mantine/core';
import {
  IconBuildingFactory2,
  IconColumns3,
  IconMap2,
  IconSpeakerphone,
  IconUser,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStageName } from '../../lib/pipelines';
import type { Command } from './find-commands';
import type { Hit } from './find-queries';

const ICONS: Record<Hit['type'], Icon> = {
  firm: IconBuildingFactory2,
  contact: IconUser,
  lead: IconColumns3,
  cluster: IconMap2,
  round: IconSpeakerphone,
};

interface OptionProps {
  value: string;
  icon: Icon;
  label: string;
  about?: string;
}

function Option({ value, icon: Symbol, label, about }: OptionProps) {
  return (
    <Combobox.Option value={value}>
      <Group gap="sm" wrap="nowrap">
        <Symbol size={18} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />
        <Text size="sm" flex={1} miw={0} style={{ overflowWrap: 'anywhere' }}>
          {label}
        </Text>
        {about && (
          <Text size="xs" inherit={false} opacity={0.85} ta="end" maw="45%" truncate>
            {about}
          </Text>
        )}
      </Group>
    </Combobox.Option>
  );
}

interface HitGroupsProps {
  groups: { type: Hit['type']; hits: Hit[] }[];
  recent: Hit[];
}

/** Findings by what they are; before anything is typed, what was opened lately. */
export function HitGroups({ groups, recent }: HitGroupsProps) {
  const { t } = useTranslation('find');
  const about = useAbout();
  return (
    <>
      {recent.length > 0 && (
        <Combobox.Group label={t('recent')}>
          {recent.map((hit) => (
            <Option
              key={`${hit.type}:${hit.id}`}
              value={`recent:${hit.type}:${hit.id}`}
              icon={ICONS[hit.type]}
              label={hit.title}
              about={about(hit)}
            />
          ))}
        </Combobox.Group>
      )}
      {groups.map(({ type, hits }) => (
        <Combobox.Group key={type} label={t(`type.${type}`)}>
          {hits.map((hit) => (
            <Option
              key={hit.id}
              value={`${type}:${hit.id}`}
              icon={ICONS[type]}
              label={hit.title}
              about={about(hit)}
            />
          ))}
        </Combobox.Group>
      ))}
    </>
  );
}

/** What tells one from another, with where it stands, in words. */
function useAbout(): (hit: Hit) => string {
  const { t } = useTranslation(['common', 'find']);
  const stageName = useStageName();
  const stage = (code: string) => {
    const name = stageName('secondary', code);
    return name === code ? stageName('infrastructure', code) : name;
  };
  return ({ type, subtitle, state }) => {
    const where =
      state &&
      (type === 'lead'
        ? stage(state)
        : type === 'cluster'
          ? t(`clusterStatus.${state}`)
          : type === 'contact'
            ? t('restricted', { ns: 'find' })
            : null);
    return [subtitle, where].filter(Boolean).join(' · ');
  };
}

export function CommandGroups({ commands }: { commands: Command[] }) {
  const { t } = useTranslation('find');
  return (['do', 'go', 'set'] as const).map((group) => {
    const some = commands.filter((command) => command.group === group);
    if (some.length === 0) return null;
    return (
      <Combobox.Group key={group} label={t(`group.${group}`)}>
        {some.map(({ id, icon, label }) => (
          <Option key={id} value={`command:${id}`} icon={icon} label={label} />
        ))}
      </Combobox.Group>
    );
  });
}
