import { Alert, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArrowsExchange, IconHelpCircle, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tellDone, tellFailure } from '../../components/tell';
import { api, ifMatch, take } from '../../lib/api';
import { useMay } from '../../lib/session';
import { inboundMailQuery, type InboundMailDetail } from './inbox-queries';
import { LeadSelect } from './lead-select';

type Decision = { what: 'set-aside' | 'take-back'; version: number } | { what: 'assign'; leadId: string };

function useDecide(mail: InboundMailDetail) {
  const { t } = useTranslation('inbox');
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: (decision: Decision) => {
      const params = { path: { id: mail.id } };
      if (decision.what === 'assign')
        return take(
          api.POST('/api/v1/inbound-mails/{id}/assign', {
            params,
            headers: ifMatch(mail.version),
            body: { leadId: decision.leadId },
          }),
        );
      const options = { params, headers: ifMatch(decision.version) };
      return take(
        decision.what === 'set-aside'
          ? api.POST('/api/v1/inbound-mails/{id}/set-aside', options)
          : api.POST('/api/v1/inbound-mails/{id}/take-back', options),
      );
    },
    onSuccess: (saved, { what }) => {
      client.setQueryData(inboundMailQuery(mail.id).queryKey, saved);
      const undo =
        what === 'set-aside' ? () => decide.mutate({ what: 'take-back', version: saved.version }) : undefined;
      tellDone(t(`decide.done.${what}`), undo);
    },
    onError: tellFailure,
    onSettled: () => {
      for (const topic of ['inbound_mail', 'lead', 'today'])
        void client.invalidateQueries({ queryKey: [topic] });
    },
  });
  return decide;
}

/** A mail that nothing assigned: a person says whose it is, or that nothing is to be done. */
export function InboundDecision({ mail }: { mail: InboundMailDetail }) {
  const { t } = useTranslation('inbox');
  const mayWrite = useMay('inbox.write');
  const decide = useDecide(mail);
  const [leadId, setLeadId] = useState<string | null>(null);
  if (mail.state === 'matched') return mayWrite ? <Move mail={mail} /> : null;
  const waits = mail.state === 'unmatched';
  return (
    <Alert
      color={waits ? 'blue' : 'gray'}
      icon={waits ? <IconHelpCircle aria-hidden /> : <IconInfoCircle aria-hidden />}
      title={t(`decide.${mail.state}.title`)}
    >
      <Text size="sm" mb={mayWrite ? 'sm' : 0}>
        {t(`decide.${mail.state}.text`)}
      </Text>
      {mayWrite && (
        <Group gap="sm" align="flex-end">
          <LeadSelect
            label={t('decide.lead')}
            placeholder={t('decide.leadHint')}
            value={leadId}
            onChange={setLeadId}
            flex="1 1 260px"
            maw={420}
          />
          <Button
            disabled={!leadId}
            loading={decide.isPending}
            onClick={() => leadId && decide.mutate({ what: 'assign', leadId })}
          >
            {t('decide.assign')}
          </Button>
          <Button
            variant="default"
            loading={decide.isPending}
            onClick={() => decide.mutate({ what: waits ? 'set-aside' : 'take-back', version: mail.version })}
          >
            {t(waits ? 'decide.setAside' : 'decide.takeBack')}
          </Button>
        </Group>
      )}
    </Alert>
  );
}

/** One that a sender or a person gave to the wrong lead; the server knows whether it can still go. */
function Move({ mail }: { mail: InboundMailDetail }) {
  const { t } = useTranslation('inbox');
  const decide = useDecide(mail);
  const [opened, { toggle }] = useDisclosure(false);
  const [leadId, setLeadId] = useState<string | null>(null);
  if (mail.kind !== 'reply' || !['person', 'sender'].includes(mail.matchedBy ?? '')) return null;
  return (
    <Stack gap="xs" align="flex-start">
      <Button
        variant="default"
        size="sm"
        leftSection={<IconArrowsExchange size={16} aria-hidden />}
        aria-expanded={opened}
        onClick={toggle}
      >
        {t('decide.moveOpen')}
      </Button>
      {opened && (
        <Card withBorder w="100%">
          <Text size="sm" mb="sm">
            {t('decide.moveText')}
          </Text>
          <Group gap="sm" align="flex-end">
            <LeadSelect
              label={t('decide.lead')}
              placeholder={t('decide.leadHint')}
              value={leadId}
              onChange={setLeadId}
              flex="1 1 260px"
              maw={420}
            />
            <Button
              disabled={!leadId || leadId === mail.lead?.id}
              loading={decide.isPending}
              onClick={() =>
                leadId && decide.mutate({ what: 'assign', leadId }, { onSuccess: () => setLeadId(null) })
              }
            >
              {t('decide.move')}
            </Button>
          </Group>
        </Card>
      )}
    </Stack>
  );
}
