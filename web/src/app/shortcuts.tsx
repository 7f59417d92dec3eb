import { Group, Kbd, Modal, Stack, Table, Text } from '@mantine/core';
import { useDisclosure, useHotkeys, useWindowEvent } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { Fragment, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../lib/session';
import { PLACES } from './navigation';

const OPEN = 'shortcuts-open';
export const openShortcuts = (): void => void window.dispatchEvent(new Event(OPEN));

/** Keys of the pages themselves; each page handles its own. */
const ON_PAGES = [
  { keys: ['j', 'k'], name: 'moveRows' },
  { keys: ['Enter'], name: 'openRow' },
  { keys: ['d'], name: 'completeRow' },
  { keys: ['s'], name: 'snoozeRow' },
  { keys: ['n'], name: 'create' },
];

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** `g` and a letter go to a place. */
function useGoTo(): void {
  const navigate = useNavigate();
  const me = useMe();
  const began = useRef(0);
  useWindowEvent('keydown', (event) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'g') {
      began.current = event.timeStamp;
      return;
    }
    if (event.timeStamp - began.current > 1500) return;
    began.current = -Infinity;
    const place = PLACES.find(
      ({ key, needs }) => key === event.key && (!needs || me.permissions.includes(needs)),
    );
    if (!place) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void navigate({ to: place.to });
  });
}

function Keys({ keys }: { keys: string[] }) {
  return (
    <Group gap={4} wrap="nowrap">
      {keys.map((key) => (
        <Fragment key={key}>
          <Kbd>{key}</Kbd>
        </Fragment>
      ))}
    </Group>
  );
}

/** The list of keys, on `?`. */
export function Shortcuts() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  useHotkeys([['shift+?', open]]);
  useWindowEvent(OPEN as 'focus', open);
  useGoTo();
  const rows = [
    { keys: ['⌘ / Ctrl', 'K'], name: t('shortcuts.find') },
    { keys: ['?'], name: t('shortcuts.list') },
    ...ON_PAGES.map(({ keys, name }) => ({ keys, name: t(`shortcuts.${name}`) })),
    ...PLACES.map(({ key, name }) => ({
      keys: ['g', key],
      name: t('shortcuts.goTo', { place: t(`nav.${name}`) }),
    })),
  ];
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t('shortcuts.hint')}
        </Text>
        <Table>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.name}>
                <Table.Td>{row.name}</Table.Td>
                <Table.Td>
                  <Keys keys={row.keys} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Modal>
  );
}
