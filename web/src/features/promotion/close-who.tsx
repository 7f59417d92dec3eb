import {
  Anchor,
  Card,
  Checkbox,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  Title,
} from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ClosingState } from './closing';
import { useReasonWords } from './reason-words';
import { ShownInParts } from './shown-in-parts';
import { usePlanChoices, type Closing, type PreviewLine } from './round-queries';

interface Getting {
  leadId: string;
  reference: string;
  firm: string;
  owner: string | null;
  lines: PreviewLine[];
}

function byLead(lines: PreviewLine[]): Getting[] {
  const leads = new Map<string, Getting>();
  for (const line of lines) {
    const { leadId, reference, firm, owner } = line;
    const known = leads.get(leadId);
    if (known) known.lines.push(line);
    else leads.set(leadId, { leadId, reference, firm: firm.name, owner: owner?.name ?? null, lines: [line] });
  }
  return [...leads.values()].sort((a, b) => a.firm.localeCompare(b.firm, 'vi'));
}

function GettingRow({ lead, closing }: { lead: Getting; closing: ClosingState }) {
  const { t } = useTranslation('close-round');
  const isOut = closing.isLeadOut(lead.leadId);
  const kept = lead.lines.filter((line) => !closing.isLineOut(line));
  const mails = kept.filter((line) => line.channel === 'investor_email').length;
  return (
    <Group component="li" wrap="nowrap" align="flex-start" gap="sm" py="xs">
      <Checkbox
        mt={2}
        checked={!isOut}
        aria-label={t('include', { firm: lead.firm })}
        onChange={() => closing.switchLead(lead.leadId)}
      />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text fw={600} td={isOut ? 'line-through' : undefined}>
          {lead.firm}
        </Text>
        <Text size="sm" c="dimmed">
          <Anchor component={Link} to={`/leads/${lead.leadId}`} inherit underline="always">
            {lead.reference}
          </Anchor>
          {' · '}
          {lead.owner ?? t('noOwner')}
          {' · '}
          {isOut ? t('leftOut') : t('mailsAndTasks', { mails, tasks: kept.length - mails })}
        </Text>
      </div>
    </Group>
  );
}

function Without({ leads }: { leads: Closing['without'] }) {
  const { t } = useTranslation('close-round');
  const wordsOf = useReasonWords();
  if (leads.length === 0) return null;
  return (
    <Card withBorder component="section">
      <Title order={2} size="h4">
        {t('without', { count: leads.length })}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('withoutText')}
      </Text>
      <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
        {leads.map(({ leadId, firm, reference, reasons }) => (
          <li key={leadId}>
            <Anchor component={Link} to={`/leads/${leadId}`}>
              {firm.name}
            </Anchor>
            <Text size="sm" c="dimmed">
              {reference} · {reasons.length > 0 ? reasons.map(wordsOf).join('; ') : t('doneAlready')}
            </Text>
          </li>
        ))}
      </Stack>
    </Card>
  );
}

/** Who is in, who gets nothing and why; what came of the round; by which plan they are followed up. */
export function CloseWho({ closing, all }: { closing: ClosingState; all: Closing }) {
  const { t } = useTranslation(['close-round', 'rounds']);
  const plans = usePlanChoices();
  const leads = byLead(all.preview);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Stack>
        <Select
          label={t('plan', { ns: 'rounds' })}
          allowDeselect={false}
          data={plans}
          value={closing.planId}
          onChange={closing.choosePlan}
        />
        <Textarea
          label={t('outcome')}
          description={t('outcomeHint')}
          autosize
          minRows={5}
          maxLength={10_000}
          {...closing.form.getInputProps('outcome')}
        />
        <Without leads={all.without} />
      </Stack>
      <Card withBorder component="section">
        <Title order={2} size="h4">
          {t('getting', { count: leads.length })}
        </Title>
        <Text size="sm" c="dimmed">
          {t(leads.length === 0 ? 'gettingNobody' : 'gettingText')}
        </Text>
        <ShownInParts items={leads}>
          {(shown) => (
            <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
              {shown.map((lead) => (
                <GettingRow key={lead.leadId} lead={lead} closing={closing} />
              ))}
            </Stack>
          )}
        </ShownInParts>
      </Card>
    </SimpleGrid>
  );
}
