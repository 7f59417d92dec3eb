import { Badge, Card, Group, NativeSelect, ScrollArea, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Decision, RecognisedLine } from './paste-decisions';

const STATUSES = ['matched', 'new', 'ambiguous', 'invalid'] as const;
const LOOK = { matched: 'filled', new: 'light', ambiguous: 'outline', invalid: 'outline' } as const;

interface LineProps {
  line: RecognisedLine;
  decision: Decision;
  decide: (decision: Decision) => void;
}

function useChoices({ status, firm, candidates }: RecognisedLine) {
  const { t } = useTranslation('rounds');
  const known = [...(firm ? [firm] : []), ...candidates.filter(({ id }) => id !== firm?.id)];
  return [
    ...(status === 'ambiguous' ? [{ value: '', label: t('paste.decide') }] : []),
    ...known.map(({ id, name }) => ({ value: id, label: t('paste.use', { name }) })),
    ...(status === 'invalid' ? [] : [{ value: 'new', label: t('paste.asNew') }]),
    { value: 'skip', label: t('paste.leaveOut') },
  ];
}

function Line({ line, decision, decide }: LineProps) {
  const { t } = useTranslation('rounds');
  const { fields, problems } = line;
  const about = [fields.taxCode, fields.contactName, fields.title, fields.phone, fields.email, fields.note];
  return (
    <Card withBorder p="sm" component="li">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              {t('paste.line', { line: line.line })}
            </Text>
            <Badge variant={LOOK[line.status]} style={{ textTransform: 'none' }}>
              {t(`paste.counts.${line.status}`)}
            </Badge>
            {line.takesPart && (
              <Badge variant="default" style={{ textTransform: 'none' }}>
                {t('paste.takesPart')}
              </Badge>
            )}
          </Group>
          <Text fw={600}>{fields.firmName ?? t('unknown', { ns: 'common' })}</Text>
          <Text size="sm" c="dimmed">
            {about.filter(Boolean).join(' · ')}
          </Text>
          {problems.map(({ field, code, message }) => (
            <Text key={`${field}-${code}`} size="sm" c="var(--mantine-color-error)">
              {message}
            </Text>
          ))}
        </div>
        <NativeSelect
          aria-label={t('paste.decision', { line: line.line })}
          data={useChoices(line)}
          value={decision}
          onChange={({ currentTarget }) => decide(currentTarget.value)}
        />
      </SimpleGrid>
    </Card>
  );
}

interface LinesProps {
  lines: RecognisedLine[];
  decisions: ReadonlyMap<number, Decision>;
  decide: (line: number, decision: Decision) => void;
}

/** What each line was taken for, those that need a person first. */
export function PasteLines({ lines, decisions, decide }: LinesProps) {
  const { t } = useTranslation('rounds');
  const order = { ambiguous: 0, invalid: 1, matched: 2, new: 2 };
  const sorted = [...lines].sort((a, b) => order[a.status] - order[b.status] || a.line - b.line);
  return (
    <>
      <Group gap="lg">
        {STATUSES.map((status) => (
          <Text key={status} size="sm">
            {t(`paste.counts.${status}`)}: <b>{lines.filter((line) => line.status === status).length}</b>
          </Text>
        ))}
      </Group>
      <ScrollArea.Autosize
        mah="45vh"
        type="auto"
        viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': t('paste.text') }}
      >
        <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
          {sorted.map((line) => (
            <Line
              key={line.line}
              line={line}
              decision={decisions.get(line.line) ?? ''}
              decide={(decision) => decide(line.line, decision)}
            />
          ))}
        </Stack>
      </ScrollArea.Autosize>
    </>
  );
}
