import { Button, Card, Group, Menu, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconChevronDown, IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import { tellDone, tellFailure } from '../../components/tell';
import { When } from '../../components/when';
import { api, take } from '../../lib/api';
import { firmContactsQuery } from '../directory/directory-queries';
import { visitorsQuery } from './exchange-queries';
import { useLeadRights, type Lead } from './lead-queries';

/** Who of the investor's side looks at its own file, and when last; a link lets one in. */
export function LeadCaseLink({ lead }: { lead: Lead }) {
  const { t } = useTranslation('exchange');
  const may = useLeadRights(lead);
  const query = useQuery(visitorsQuery(lead.id));
  const acts = useCaseActs(lead);
  return (
    <Card withBorder component="section" aria-labelledby="lead-case">
      <Title order={2} size="h4" id="lead-case" mb="sm">
        {t('case.title')}
      </Title>
      <QueryState query={query}>
        {({ items }) => (
          <Stack gap="sm">
            {items.length === 0 && <Text c="dimmed">{t('case.none')}</Text>}
            {items.map(({ contact, lastVisitAt, closed }) => (
              <Group key={contact.id} justify="space-between" gap="xs">
                <Stack gap={0} miw={0}>
                  <Text fw={600}>{contact.name}</Text>
                  <Text size="sm" c="dimmed">
                    {closed ? (
                      t('case.closed')
                    ) : lastVisitAt ? (
                      <>
                        {t('case.seen')} <When at={lastVisitAt} inherit span />
                      </>
                    ) : (
                      t('case.unseen')
                    )}
                  </Text>
                </Stack>
                {may.change && !closed && (
                  <Button
                    variant="subtle"
                    color="gray"
                    size="compact-sm"
                    onClick={() => acts.end(contact.id)}
                  >
                    {t('case.end')}
                  </Button>
                )}
              </Group>
            ))}
            {may.change && <SendTo lead={lead} sending={acts.sending} send={acts.send} />}
          </Stack>
        )}
      </QueryState>
    </Card>
  );
}

interface Person {
  id: string;
  name: string;
}

interface SendProps {
  lead: Lead;
  sending: boolean;
  send: (to: Person) => void;
}

/** Whoever of the firm has an address that works can get the link; where it is one person, nothing is asked. */
function SendTo({ lead, sending, send }: SendProps) {
  const { t } = useTranslation('exchange');
  const contacts = useQuery(firmContactsQuery(lead.firm.id)).data?.items ?? [];
  const people = contacts
    .filter(({ email, emailState, restrictedAt }) => email && emailState !== 'bounced' && !restrictedAt)
    .map(({ id, fullName }) => ({ id, name: fullName }));
  if (people.length === 0)
    return contacts.length > 0 ? <Text size="sm">{t('case.nobodyReachable')}</Text> : null;
  const [only] = people.length === 1 ? people : [];
  const button = (
    <Button
      variant="light"
      leftSection={<IconSend size={16} aria-hidden />}
      rightSection={only ? undefined : <IconChevronDown size={16} aria-hidden />}
      loading={sending}
      onClick={only ? () => send(only) : undefined}
    >
      {t('case.send')}
    </Button>
  );
  if (only) return button;
  const first = (one: Person) => one.id === lead.primaryContact?.id;
  return (
    <Menu position="bottom-start" width="target">
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('case.to')}</Menu.Label>
        {people
          .sort((one, other) => Number(first(other)) - Number(first(one)))
          .map((person) => (
            <Menu.Item key={person.id} onClick={() => send(person)}>
              {person.name}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function useCaseActs({ id }: Lead) {
  const { t } = useTranslation('exchange');
  const client = useQueryClient();
  const refresh = () => void client.invalidateQueries({ queryKey: visitorsQuery(id).queryKey });
  const send = useMutation({
    mutationFn: ({ id: contactId }: Person) =>
      take(api.POST('/api/v1/leads/{id}/case-links', { params: { path: { id } }, body: { contactId } })),
    onSuccess: (_sent, { name }) => tellDone(t('case.sent', { name })),
    onError: tellFailure,
    onSettled: refresh,
  });
  const end = useMutation({
    mutationFn: (contactId: string) =>
      take(
        api.DELETE('/api/v1/leads/{id}/case-visitors/{contactId}', { params: { path: { id, contactId } } }),
      ),
    // a new link is the only way back, and a person is told of it by mail
    onSuccess: () => tellDone(t('case.ended')),
    onError: tellFailure,
    onSettled: refresh,
  });
  return { send: send.mutate, sending: send.isPending, end: (who: string) => end.mutate(who) };
}
