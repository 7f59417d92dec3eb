import { Accordion, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, local } from '../../lib/format';
import { CloseHolidays } from './close-holidays';
import { CloseLine } from './close-line';
import { lineKey, totalsOf, type ClosingState } from './closing';
import { ShownInParts } from './shown-in-parts';
import type { Closing, PreviewLine } from './round-queries';

interface GroupOf {
  key: string;
  lines: PreviewLine[];
}

function grouped(lines: PreviewLine[], keyOf: (line: PreviewLine) => string): GroupOf[] {
  const groups = new Map<string, PreviewLine[]>();
  for (const line of [...lines].sort((a, b) => a.dueAt.localeCompare(b.dueAt)))
    groups.set(keyOf(line), [...(groups.get(keyOf(line)) ?? []), line]);
  return [...groups].map(([key, own]) => ({ key, lines: own }));
}

const dayOf = ({ dueAt }: Pick<PreviewLine, 'dueAt'>) => local(dueAt).format('YYYY-MM-DD');

function GroupTitle({ group, by, closing }: { group: GroupOf; by: 'day' | 'lead'; closing: ClosingState }) {
  const { t } = useTranslation('close-round');
  const kept = group.lines.filter((line) => !closing.isLineOut(line));
  const mails = kept.filter((line) => line.channel === 'investor_email').length;
  const first = group.lines[0]!;
  return (
    <Group justify="space-between" gap="xs" pr="sm">
      <Text fw={600} span tt={by === 'day' ? 'capitalize' : undefined}>
        {by === 'day' ? `${local(first.dueAt).format('dddd')}, ${formatDay(group.key)}` : first.firm.name}
      </Text>
      <Text size="sm" c="dimmed" span>
        {t('mailsAndTasks', { mails, tasks: kept.length - mails })}
      </Text>
    </Group>
  );
}

/** Every mail and task that would follow, by day or by lead; each can be left out. */
export function CloseWhen({ closing, all }: { closing: ClosingState; all: Closing }) {
  const { t } = useTranslation('close-round');
  const [by, setBy] = useState<'day' | 'lead'>('day');
  const groups = grouped(all.preview, by === 'day' ? dayOf : (line) => line.leadId);
  const [chosen, setOpened] = useState<string[] | null>(null);
  const opened = chosen ?? groups.slice(0, 2).map(({ key }) => key);
  const { last } = totalsOf(all);
  return (
    <Stack>
      <Group justify="space-between">
        <SegmentedControl
          aria-label={t('by.label')}
          value={by}
          onChange={(value) => {
            setBy(value as 'day' | 'lead');
            setOpened(null);
          }}
          data={(['day', 'lead'] as const).map((value) => ({ value, label: t(`by.${value}`) }))}
        />
        <Text size="sm" c="dimmed">
          {t('whenText')}
        </Text>
      </Group>
      {last && <CloseHolidays until={dayOf({ dueAt: last })} />}
      <ShownInParts items={groups} size={60}>
        {(shown) => (
          <Accordion multiple order={2} variant="separated" value={opened} onChange={setOpened}>
            {shown.map((group) => (
              <Accordion.Item key={group.key} value={group.key}>
                <Accordion.Control>
                  <GroupTitle group={group} by={by} closing={closing} />
                </Accordion.Control>
                <Accordion.Panel>
                  {opened.includes(group.key) && (
                    <ShownInParts items={group.lines}>
                      {(lines) => (
                        <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
                          {lines.map((line) => (
                            <CloseLine key={lineKey(line)} line={line} by={by} closing={closing} />
                          ))}
                        </Stack>
                      )}
                    </ShownInParts>
                  )}
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
        )}
      </ShownInParts>
    </Stack>
  );
}
