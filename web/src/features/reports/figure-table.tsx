import { Card, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Facts } from '../../components/facts';
import classes from './reports.module.css';

export interface Column<F> {
  key: string;
  name: string;
  /** @param of whose figure it is, in words */
  cell: (figures: F, of: string) => ReactNode;
}

export interface TableRow<F> {
  key: string;
  label: string;
  note?: ReactNode;
  figures: F;
}

export interface TablePart<F> {
  /** Left out: the rows need no heading. */
  name?: string;
  rows: TableRow<F>[];
}

interface FigureTableProps<F> {
  caption: string;
  /** What the rows are. */
  groupName: string;
  columns: Column<F>[];
  parts: TablePart<F>[];
  totals?: { label: string; figures: F };
}

function Cells<F>({ columns, figures, of }: { columns: Column<F>[]; figures: F; of: string }) {
  return columns.map(({ key, cell }) => (
    <Table.Td key={key} ta="right">
      {cell(figures, of)}
    </Table.Td>
  ));
}

/** Groups and their figures, with the whole last. */
function Wide<F>({ caption, groupName, columns, parts, totals }: FigureTableProps<F>) {
  return (
    <Table.ScrollContainer
      minWidth={Math.min(1100, 220 + columns.length * 92)}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': caption } }}
    >
      <Table verticalSpacing="xs" aria-label={caption}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{groupName}</Table.Th>
            {columns.map(({ key, name }) => (
              <Table.Th key={key} ta="right">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        {parts.map(({ name, rows }) => (
          <Table.Tbody key={name ?? ''}>
            {name && (
              <Table.Tr bg="var(--mantine-color-default-hover)">
                <Table.Th scope="rowgroup" colSpan={columns.length + 1}>
                  {name}
                </Table.Th>
              </Table.Tr>
            )}
            {rows.map((row) => (
              <Table.Tr key={row.key}>
                <Table.Th scope="row" fw={500}>
                  {row.label}
                  {row.note}
                </Table.Th>
                <Cells columns={columns} figures={row.figures} of={row.label} />
              </Table.Tr>
            ))}
          </Table.Tbody>
        ))}
        {totals && (
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th scope="row">{totals.label}</Table.Th>
              <Cells columns={columns} figures={totals.figures} of={totals.label} />
            </Table.Tr>
          </Table.Tfoot>
        )}
      </Table>
    </Table.ScrollContainer>
  );
}

function OneCard<F>({ row, columns, level }: { row: TableRow<F>; columns: Column<F>[]; level: 2 | 3 }) {
  return (
    <Card withBorder p="sm" className={classes.kept}>
      <Title order={level} size="h5" mb="xs">
        {row.label}
      </Title>
      {row.note}
      <Facts
        cols={2}
        facts={columns.map(({ key, name, cell }) => ({ key, name, value: cell(row.figures, row.label) }))}
      />
    </Card>
  );
}

/** The same on a phone: a card for each group. */
function Narrow<F>({ columns, parts, totals }: FigureTableProps<F>) {
  return (
    <Stack gap="sm">
      {parts.map(({ name, rows }) => (
        <Stack key={name ?? ''} gap="sm">
          {name && (
            <Title order={2} size="h4">
              {name}
            </Title>
          )}
          {rows.map((row) => (
            <OneCard key={row.key} row={row} columns={columns} level={name ? 3 : 2} />
          ))}
        </Stack>
      ))}
      {totals && (
        <OneCard
          row={{ key: 'totals', label: totals.label, figures: totals.figures }}
          columns={columns}
          level={2}
        />
      )}
    </Stack>
  );
}

/** The figures of a report, each of which opens its rows. */
export function FigureTable<F>(props: FigureTableProps<F>) {
  return (
    <>
      <Text component="div" visibleFrom="sm">
        <Wide {...props} />
      </Text>
      <Text component="div" hiddenFrom="sm">
        <Narrow {...props} />
      </Text>
    </>
  );
}
