import { Alert, Anchor, Button, Group, List, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconAlertTriangle, IconInfoCircle, IconPlus, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FirmSelect } from '../../components/selects';
import { api, take } from '../../lib/api';
import { formatNumber } from '../../lib/format';
import { useStageName } from '../../lib/pipelines';
import type { components } from '../../api/schema';
import type { NewLead, NewLeadForm } from './new-lead-form';

type Duplicate = components['schemas']['FirmDuplicate'];

/** Only what is complete enough to be looked for: half a tax code would be refused. */
function asked({ name, taxCode, phone, email }: Pick<NewLead, 'name' | 'taxCode' | 'phone' | 'email'>) {
  return {
    ...(name.trim().length >= 3 && { name: name.trim() }),
    ...(/^(\d{10}(-\d{3})?|\d{12})$/.test(taxCode.trim()) && { taxCode: taxCode.trim() }),
    ...(/^\+?[\d .()-]{9,20}$/.test(phone.trim()) && { phone: phone.trim() }),
    ...(/^\S+@\S+\.\S{2,}$/.test(email.trim()) && { email: email.trim() }),
  };
}

function useDuplicates({ name, taxCode, phone, email }: NewLead) {
  const query = asked({ name, taxCode, phone, email });
  const [settled] = useDebouncedValue(JSON.stringify(query), 350);
  return useQuery({
    queryKey: ['firm', 'duplicates', settled],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/firms/duplicates', {
          signal,
          params: { query: JSON.parse(settled) as typeof query },
        }),
      ),
    enabled: settled !== '{}',
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** Firms that may be the same as the one being written: to be used instead. */
function Duplicates({ form, items }: { form: NewLeadForm; items: readonly Duplicate[] }) {
  const { t } = useTranslation('new-lead');
  const found = items.slice(0, 5);
  const use = (firm: { id: string; name: string }) =>
    form.setValues({ firm: { id: firm.id, name: firm.name }, making: false });
  return (
    <div role="status">
      {found.length > 0 && (
        <Alert
          color="yellow"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('duplicates.title', { count: found.length })}
        >
          <Stack gap="xs">
            {found.map((firm) => (
              <Group key={firm.id} justify="space-between" gap="xs" wrap="nowrap">
                <div style={{ minWidth: 0 }}>
                  <Text size="sm" fw={600}>
                    {firm.name}
                  </Text>
                  <Text size="xs">
                    {[
                      firm.taxCode && t('duplicates.taxCode', { taxCode: firm.taxCode }),
                      ...firm.reasons.map((reason) => t(`duplicates.${reason}`)),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </Text>
                </div>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => use(firm)}
                  aria-label={t('duplicates.useOf', { name: firm.name })}
                  style={{ flexShrink: 0 }}
                >
                  {t('duplicates.use')}
                </Button>
              </Group>
            ))}
          </Stack>
        </Alert>
      )}
    </div>
  );
}

/** The firm's leads that are still open: a second one may be a mistake. */
function OpenLeads({ firmId }: { firmId: string }) {
  const { t } = useTranslation('new-lead');
  const nameOf = useStageName();
  const { data } = useQuery({
    queryKey: ['lead', 'of-firm', firmId],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/leads', { signal, params: { query: { firmId, limit: 5 } } })),
  });
  const leads = data?.items.filter(({ stage }) => stage !== 'lost') ?? [];
  if (!data || leads.length === 0) return null;
  return (
    <Alert
      icon={<IconInfoCircle aria-hidden />}
      variant="light"
      title={t('openLeads', { total: formatNumber(leads.length), count: leads.length })}
    >
      <List size="sm" spacing={2} listStyleType="none">
        {leads.map((lead) => (
          <List.Item key={lead.id}>
            <Anchor component={Link} to={`/leads/${lead.id}`} size="sm">
              {lead.reference}
            </Anchor>
            {` · ${t(`kind.${lead.kind}`, { ns: 'common' })} · ${nameOf(lead.kind, lead.stage)} · ${lead.owner?.name ?? t('noOwner')}`}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function Made({ form }: { form: NewLeadForm }) {
  const { t } = useTranslation('new-lead');
  const { data } = useDuplicates(form.values);
  const doubt = form.values.taxCode.trim() && data?.warnings.find(({ path }) => path === 'taxCode')?.message;
  return (
    <Stack gap="sm">
      <TextInput
        label={t('firmName')}
        withAsterisk
        maxLength={300}
        autoComplete="off"
        {...form.getInputProps('name')}
      />
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <TextInput
          label={t('taxCode')}
          inputMode="numeric"
          description={doubt || undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={14}
          {...form.getInputProps('taxCode')}
        />
        <TextInput label={t('phone')} type="tel" maxLength={30} {...form.getInputProps('phone')} />
        <TextInput label={t('email')} type="email" maxLength={254} {...form.getInputProps('email')} />
      </SimpleGrid>
      <Duplicates form={form} items={data?.items ?? []} />
      <Group>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconSearch size={14} aria-hidden />}
          onClick={() => form.setFieldValue('making', false)}
        >
          {t('pickFirm')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Whose lead it is: a firm that is known, or one made here. */
export function NewLeadFirm({ form }: { form: NewLeadForm }) {
  const { t } = useTranslation('new-lead');
  const { firm, making } = form.values;
  if (making) return <Made form={form} />;
  return (
    <Stack gap="xs">
      <FirmSelect
        label={t('firm')}
        placeholder={t('firmHint')}
        withAsterisk
        known={firm}
        value={firm?.id ?? null}
        onChange={(id, option) =>
          form.setFieldValue('firm', id && option ? { id, name: option.label } : null)
        }
        error={form.errors.firm}
        openOnFocus={false}
        data-autofocus
      />
      <Group>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => form.setValues({ making: true, firm: null })}
        >
          {t('makeFirm')}
        </Button>
      </Group>
      {firm && <OpenLeads firmId={firm.id} />}
    </Stack>
  );
}
