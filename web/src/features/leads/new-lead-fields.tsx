import { Group, Input, NumberInput, SegmentedControl, Select, SimpleGrid, Textarea } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ClustersSelect, ColleagueSelect } from '../../components/selects';
import { formatMoney } from '../../lib/format';
import { NewLeadFirm } from './new-lead-firm';
import { toMoney, type NewLeadForm } from './new-lead-form';

function Kind({ form }: { form: NewLeadForm }) {
  const { t } = useTranslation('new-lead');
  const id = useId();
  return (
    <Input.Wrapper
      label={t('kind')}
      withAsterisk
      labelElement="div"
      labelProps={{ id }}
      description={t(`kindHint.${form.values.kind}`)}
    >
      <SegmentedControl
        fullWidth
        mt={4}
        aria-labelledby={id}
        data={(['infrastructure', 'secondary'] as const).map((value) => ({
          value,
          label: t(`kind.${value}`, { ns: 'common' }),
        }))}
        {...form.getInputProps('kind')}
      />
    </Input.Wrapper>
  );
}

function Amounts({ form }: { form: NewLeadForm }) {
  const { t, i18n } = useTranslation('new-lead');
  const marks =
    i18n.language === 'en'
      ? { thousandSeparator: ',', decimalSeparator: '.' }
      : { thousandSeparator: '.', decimalSeparator: ',' };
  const money = toMoney(form.values);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <NumberInput
        label={t('area')}
        suffix=" ha"
        min={0}
        decimalScale={2}
        hideControls
        {...marks}
        {...form.getInputProps('areaHa')}
      />
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <NumberInput
          label={t('capital')}
          description={money ? formatMoney(money) : t('capitalHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={0}
          decimalScale={form.values.currency === 'VND' ? 0 : 2}
          hideControls
          {...marks}
          {...form.getInputProps('amount')}
          style={{ flex: 1 }}
        />
        <Select
          label={t('currency')}
          data={['VND', 'USD', 'CNY', 'EUR', 'JPY', 'KRW', 'HKD', 'SGD', 'TWD']}
          allowDeselect={false}
          w={92}
          {...form.getInputProps('currency')}
        />
      </Group>
    </SimpleGrid>
  );
}

/** The firm and the kind are needed; the rest can wait. */
export function NewLeadFields({ form }: { form: NewLeadForm }) {
  const { t } = useTranslation('new-lead');
  return (
    <>
      <NewLeadFirm form={form} />
      <Kind form={form} />
      <ClustersSelect label={t('clusters')} maxValues={20} {...form.getInputProps('clusterIds')} />
      <Amounts form={form} />
      <Textarea
        label={t('summary')}
        placeholder={t('summaryHint')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={5000}
        {...form.getInputProps('summary')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Select
          label={t('source')}
          description={form.values.source === 'enquiry' ? t('sourceHint') : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={(['officer', 'enquiry'] as const).map((value) => ({ value, label: t(`sources.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps('source')}
        />
        <ColleagueSelect
          label={t('owner')}
          placeholder={t('noOwner')}
          clearable
          clearButtonProps={{ 'aria-label': t('clearOwner') }}
          {...form.getInputProps('ownerId')}
        />
      </SimpleGrid>
    </>
  );
}
