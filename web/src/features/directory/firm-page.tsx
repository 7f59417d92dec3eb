import { Badge, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { QueryState } from '../../components/states';
import { countryName } from '../../lib/countries';
import { useMay } from '../../lib/session';
import { firmQuery, type Firm } from './directory-queries';
import { FirmContacts } from './firm-contacts';
import { FirmDialog } from './firm-dialog';
import { FirmFacts } from './firm-facts';
import { FirmLeads } from './firm-leads';
import { FirmParticipations } from './firm-participations';

export function FirmPage() {
  const { firmId } = useParams({ from: '/shell/firms/$firmId' });
  useTranslation(['firms', 'consents']);
  const query = useQuery(firmQuery(firmId));
  return <QueryState query={query}>{(firm) => <FirmView firm={firm} />}</QueryState>;
}

function Lead({ firm }: { firm: Firm }) {
  const { t } = useTranslation('firms');
  return (
    <Group gap="xs">
      <Text span inherit>
        {[firm.shortName, countryName(firm.country), ...firm.sectors].filter(Boolean).join(' · ')}
      </Text>
      {firm.sample && (
        <Badge variant="outline" color="gray" c="dimmed">
          {t('sample', { ns: 'common' })}
        </Badge>
      )}
    </Group>
  );
}

function FirmView({ firm }: { firm: Firm }) {
  const { t } = useTranslation('firms');
  const mayWrite = useMay('firm.write');
  const [opened, { open, close }] = useDisclosure(false);
  const edit = mayWrite && (
    <Button variant="default" leftSection={<IconPencil size={18} aria-hidden />} onClick={open}>
      {t('edit', { ns: 'common' })}
    </Button>
  );
  return (
    <Page title={firm.name} lead={<Lead firm={firm} />} actions={edit}>
      <Stack gap="lg">
        <FirmContacts firmId={firm.id} />
        <FirmLeads firmId={firm.id} />
        <FirmParticipations firmId={firm.id} />
        <Card withBorder p="lg">
          <FirmFacts firm={firm} />
        </Card>
      </Stack>
      <FirmDialog opened={opened} close={close} firm={firm} />
    </Page>
  );
}
