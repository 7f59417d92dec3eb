import { Alert, Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconCopy } from '@tabler/icons-react';
import i18n from 'i18next';
import { useTranslation } from 'react-i18next';
import { api, take } from '../../lib/api';
import { isWholePhone } from '../../lib/phones';
import { spoken } from './directory-queries';
import type { FirmValues } from './firm-form';

const TAX_CODE = /^\d{10}(-?\d{3})?$|^\d{12}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;

/** Firms that may be the one being typed, and what is doubtful; only what is whole already is asked about. */
export function useDuplicates(values: FirmValues) {
  const name = values.name.trim();
  const taxCode = values.taxCode.replace(/\s/g, '');
  const [query] = useDebouncedValue(
    JSON.stringify({
      ...(name.length >= 3 && { name: name.slice(0, 300) }),
      ...(TAX_CODE.test(taxCode) && { taxCode }),
      ...(isWholePhone(values.phone) && { phone: values.phone.trim() }),
      ...(EMAIL.test(values.email.trim()) && { email: values.email.trim() }),
    }),
    300,
  );
  const { data } = useQuery({
    queryKey: ['firm', 'duplicates', query, i18n.language],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/firms/duplicates', {
          signal,
          params: { query: JSON.parse(query) as object, header: spoken() },
        }),
      ),
    enabled: query !== '{}',
    placeholderData: keepPreviousData,
  });
  return query === '{}' ? undefined : data;
}

interface DuplicatesProps {
  found: NonNullable<ReturnType<typeof useDuplicates>>['items'];
  /** Leaves the form for the firm that is there already. */
  use: (id: string) => void;
}

/** The firms that may be the same, the two likeliest by name, why, and the way to them. */
export function Duplicates({ found, use }: DuplicatesProps) {
  const { t } = useTranslation('firms');
  return (
    <Alert
      role="status"
      color="yellow"
      icon={<IconCopy aria-hidden />}
      title={t('duplicate.title', { count: found.length })}
      // in sight while the name at the top is being typed, without moving any field
      pos="sticky"
      bottom={8}
      style={{ zIndex: 2, boxShadow: 'var(--mantine-shadow-md)' }}
      bg="light-dark(var(--mantine-color-yellow-0), #3b3212)"
    >
      <Stack gap="xs">
        {found.slice(0, 2).map((firm) => (
          <Group key={firm.id} justify="space-between" gap="xs">
            <div style={{ minWidth: 0, flex: '1 1 220px' }}>
              <Anchor
                size="sm"
                fw={600}
                c="var(--mantine-color-text)"
                underline="always"
                renderRoot={(props) => (
                  <Link {...props} to="/firms/$firmId" params={{ firmId: firm.id }} target="_blank" />
                )}
              >
                {firm.name}
              </Anchor>
              {firm.taxCode && (
                <Text size="sm" span>
                  {' '}
                  · {firm.taxCode}
                </Text>
              )}
              <Group gap={4}>
                {firm.reasons.map((reason) => (
                  <Badge key={reason} size="sm" variant="default" tt="none" fw={500}>
                    {t(`duplicate.${reason}`)}
                  </Badge>
                ))}
              </Group>
            </div>
            <Button size="xs" variant="default" onClick={() => use(firm.id)}>
              {t('duplicate.use')}
            </Button>
          </Group>
        ))}
        <Text size="sm">{t('duplicate.text')}</Text>
      </Stack>
    </Alert>
  );
}
