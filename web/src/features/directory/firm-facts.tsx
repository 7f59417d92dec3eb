import { Alert, Anchor, Stack, Text, Title } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../components/facts';
import { countryName } from '../../lib/countries';
import { formatDay, formatHa } from '../../lib/format';
import { formatPhone } from '../../lib/phones';
import type { Firm } from './directory-queries';

/** What is recorded of a firm, and what is doubtful about it. */
export function FirmFacts({ firm }: { firm: Firm }) {
  const { t } = useTranslation('firms');
  const link = (href: string, text: string) => (
    <Anchor href={href} inherit {...(href.startsWith('http') && { target: '_blank', rel: 'noreferrer' })}>
      {text}
    </Anchor>
  );
  return (
    <Stack>
      <Title order={2} size="h4">
        {t('facts')}
      </Title>
      {firm.warnings.map((warning) => (
        <Alert key={warning.code} color="yellow" icon={<IconInfoCircle aria-hidden />} p="xs">
          <Text size="sm">{warning.message}</Text>
        </Alert>
      ))}
      <Facts
        facts={[
          { name: t('taxCode'), value: firm.taxCode },
          { name: t('phone'), value: firm.phone && link(`tel:${firm.phone}`, formatPhone(firm.phone)) },
          { name: t('email'), value: firm.email && link(`mailto:${firm.email}`, firm.email) },
          { name: t('website'), value: firm.website && link(firm.website, firm.website) },
          { name: t('address'), value: firm.address },
          { name: t('country'), value: countryName(firm.country) },
          { name: t('sectors'), value: firm.sectors.join(', ') },
          {
            name: t('developedAreaHa'),
            value: firm.developedAreaHa !== null && formatHa(firm.developedAreaHa),
          },
          { name: t('entered'), value: formatDay(firm.createdAt) },
          { name: t('developerCapacity'), value: firm.developerCapacity, wide: true },
          ...(firm.note ? [{ name: t('note'), value: firm.note, wide: true }] : []),
        ]}
      />
    </Stack>
  );
}
