import {
  ActionIcon,
  Fieldset,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Textarea,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MomentField } from '../../components/moment-field';
import { ClustersSelect, colleaguesQuery, FirmSelect } from '../../components/selects';
import { CAPITAL, CURRENCIES, type CapitalName, type EditFormReturn } from './lead-edit-form';
import { firmContactsQuery } from '../directory/directory-queries';
import type { Lead } from './lead-queries';

export interface EditFieldsProps {
  form: EditFormReturn;
  lead: Lead;
}

/** Vietnamese writes 1.234,5 and English 1,234.5. */
function useMarks(): { thousandSeparator: string; decimalSeparator: string } {
  const { i18n } = useTranslation();
  return i18n.language === 'en'
    ? { thousandSeparator: ',', decimalSeparator: '.' }
    : { thousandSeparator: '.', decimalSeparator: ',' };
}

export function NextFields({ form }: EditFieldsProps) {
  const { t } = useTranslation('lead');
  return (
    <Fieldset legend={t('edit.next')}>
      <Stack gap="sm">
        <TextInput
          label={t('fields.nextAction')}
          maxLength={500}
          data-autofocus
          {...form.getInputProps('nextAction')}
        />
        <MomentField label={t('fields.nextActionAt')} clearable {...form.getInputProps('next')} />
      </Stack>
    </Fieldset>
  );
}

export function WishFields({ form }: EditFieldsProps) {
  const { t } = useTranslation('lead');
  const marks = useMarks();
  return (
    <Fieldset legend={t('edit.wish')}>
      <Stack gap="sm">
        <ClustersSelect
          label={t('fields.clusterIds')}
          description={t('edit.clustersHint')}
          maxValues={20}
          {...form.getInputProps('clusterIds')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput label={t('fields.sector')} maxLength={200} {...form.getInputProps('sector')} />
          <NumberInput
            label={t('fields.areaHa')}
            suffix=" ha"
            min={0}
            decimalScale={2}
            hideControls
            {...marks}
            {...form.getInputProps('areaHa')}
          />
        </SimpleGrid>
        {CAPITAL.map((name) => (
          <CapitalField key={name} name={name} form={form} />
        ))}
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {(['jobsPromised', 'jobsDelivered'] as const).map((name) => (
            <NumberInput
              key={name}
              label={t(`fields.${name}`)}
              min={0}
              max={1_000_000}
              allowDecimal={false}
              hideControls
              {...marks}
              {...form.getInputProps(name)}
            />
          ))}
        </SimpleGrid>
        <Textarea
          label={t('fields.summary')}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={5000}
          {...form.getInputProps('summary')}
        />
      </Stack>
    </Fieldset>
  );
}

function CapitalField({ name, form }: { name: CapitalName; form: EditFormReturn }) {
  const { t } = useTranslation('lead');
  const marks = useMarks();
  const label = t(`fields.capital.${name}`);
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <NumberInput
        flex={1}
        label={label}
        min={0}
        decimalScale={2}
        hideControls
        {...marks}
        {...form.getInputProps(`capital.${name}.amount`)}
        error={form.errors[`capital.${name}.amount`] ?? form.errors[`capital.${name}`]}
      />
      <Select
        w={100}
        aria-label={t('edit.currencyOf', { what: label })}
        data={[...CURRENCIES]}
        allowDeselect={false}
        {...form.getInputProps(`capital.${name}.currency`)}
      />
    </Group>
  );
}

export function PeopleFields({ form, lead }: EditFieldsProps) {
  const { t } = useTranslation('lead');
  const contacts = useQuery(firmContactsQuery(lead.firm.id)).data?.items ?? [];
  const colleagues = useQuery(colleaguesQuery).data ?? [];
  const first = lead.primaryContact;
  const people = new Map(contacts.map(({ id, fullName }) => [id, fullName]));
  if (first) people.set(first.id, first.name);
  return (
    <Fieldset legend={t('edit.people')}>
      <Stack gap="sm">
        <Select
          label={t('fields.primaryContactId')}
          clearable
          searchable
          data={[...people].map(([value, label]) => ({ value, label }))}
          nothingFoundMessage={t('nothingFound', { ns: 'common' })}
          {...form.getInputProps('primaryContactId')}
        />
        <MultiSelect
          label={t('fields.helperIds')}
          description={t('edit.helpersHint')}
          searchable
          maxValues={20}
          data={colleagues
            .filter(({ id }) => id !== lead.owner?.id)
            .map(({ id, name }) => ({ value: id, label: name }))}
          nothingFoundMessage={t('nothingFound', { ns: 'common' })}
          {...form.getInputProps('helperIds')}
        />
        <Partners form={form} lead={lead} />
      </Stack>
    </Fieldset>
  );
}

/** Firms that bid together with the lead's own. */
function Partners({ form, lead }: EditFieldsProps) {
  const { t } = useTranslation('lead');
  const [names, setNames] = useState(new Map(lead.partners.map(({ id, name }) => [id, name])));
  const chosen = form.values.partnerFirmIds;
  return (
    <Stack gap={4}>
      <FirmSelect
        label={t('fields.partnerFirmIds')}
        placeholder={t('edit.addPartner')}
        value={null}
        onChange={(id, option) => {
          if (!id || id === lead.firm.id || chosen.includes(id)) return;
          setNames((before) => new Map(before).set(id, option?.label ?? ''));
          form.setFieldValue('partnerFirmIds', [...chosen, id]);
        }}
        error={form.errors.partnerFirmIds}
      />
      {chosen.map((id) => (
        <Group key={id} gap="xs" wrap="nowrap">
          <Text size="sm" flex={1}>
            {names.get(id) ?? id}
          </Text>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('edit.removePartner', { name: names.get(id) ?? '' })}
            onClick={() =>
              form.setFieldValue(
                'partnerFirmIds',
                chosen.filter((other) => other !== id),
              )
            }
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
    </Stack>
  );
}
