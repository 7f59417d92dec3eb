import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import i18n from 'i18next';
import type { ReactNode } from 'react';

/** One field that two people gave different values, as words. */
export interface Difference {
  field: string;
  mine: ReactNode;
  theirs: ReactNode;
}

interface Conflict {
  differences: Difference[];
  keepMine: () => void;
  takeTheirs: () => void;
}

/** Somebody else saved first: shows both versions side by side and lets the person choose. */
export function askWhichToKeep({ differences, keepMine, takeTheirs }: Conflict): void {
  const id = 'conflict';
  const choose = (then: () => void) => () => {
    modals.close(id);
    then();
  };
  modals.open({
    modalId: id,
    title: i18n.t('conflict.title'),
    size: 'lg',
    closeButtonProps: { 'aria-label': i18n.t('close') },
    children: (
      <Stack>
        <Text size="sm">{i18n.t('conflict.text')}</Text>
        <Table.ScrollContainer minWidth={320}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{i18n.t('conflict.field')}</Table.Th>
                <Table.Th>{i18n.t('conflict.mine')}</Table.Th>
                <Table.Th>{i18n.t('conflict.theirs')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {differences.map(({ field, mine, theirs }) => (
                <Table.Tr key={field}>
                  <Table.Th scope="row">{field}</Table.Th>
                  <Table.Td>{mine}</Table.Td>
                  <Table.Td>{theirs}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <Group justify="flex-end">
          <Button variant="default" onClick={choose(takeTheirs)}>
            {i18n.t('conflict.takeTheirs')}
          </Button>
          <Button onClick={choose(keepMine)} data-autofocus>
            {i18n.t('conflict.keepMine')}
          </Button>
        </Group>
      </Stack>
    ),
  });
}
