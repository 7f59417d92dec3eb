import { Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import { useMay } from '../../lib/session';
import { ConsentDialog } from './consent-dialog';
import { ContactCard } from './contact-card';
import { ContactDialog } from './contact-dialog';
import { RequestDialog } from './request-dialog';
import { firmContactsQuery, type Contact } from './directory-queries';

type Open = { what: 'contact' | 'consents' | 'request'; contact: Contact | null } | null;

/** The people who speak for a firm, whom to write to first, and what each agreed to. */
export function FirmContacts({ firmId }: { firmId: string }) {
  const { t } = useTranslation('firms');
  const mayWrite = useMay('contact.write');
  const query = useQuery(firmContactsQuery(firmId));
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <Card withBorder p="lg">
      <Stack>
        <Group justify="space-between">
          <Title order={2} size="h4">
            {t('contacts')}
          </Title>
          {mayWrite && (
            <Button
              variant="light"
              leftSection={<IconPlus size={18} aria-hidden />}
              onClick={() => setOpen({ what: 'contact', contact: null })}
            >
              {t('addContact')}
            </Button>
          )}
        </Group>
        <QueryState query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Text c="dimmed">{t('noContacts')}</Text>
            ) : (
              <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }}>
                {items.map((contact) => (
                  <ContactCard
                    key={contact.id}
                    contact={contact}
                    edit={() => setOpen({ what: 'contact', contact })}
                    consents={() => setOpen({ what: 'consents', contact })}
                    request={() => setOpen({ what: 'request', contact })}
                  />
                ))}
              </SimpleGrid>
            )
          }
        </QueryState>
      </Stack>
      <ContactDialog
        opened={open?.what === 'contact'}
        close={close}
        firmId={firmId}
        contact={open?.contact ?? null}
      />
      <ConsentDialog opened={open?.what === 'consents'} close={close} contact={open?.contact ?? null} />
      <RequestDialog opened={open?.what === 'request'} close={close} contact={open?.contact ?? null} />
    </Card>
  );
}
