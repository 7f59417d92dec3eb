import { NumberInput, SimpleGrid, Switch, TagsInput, Text, Textarea, TextInput, Title } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { today } from '../../lib/format';
import type { ClusterValues } from './cluster-form';

type Form = UseFormReturnType<ClusterValues>;

export function ClusterFields({ form }: { form: Form }) {
  const { t } = useTranslation('cluster');
  return (
    <>
      <TextInput label={t('name')} required data-autofocus maxLength={200} {...form.getInputProps('name')} />
      <Land form={form} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('establishedBy')} maxLength={300} {...form.getInputProps('establishedBy')} />
        <TagsInput label={t('sectors')} maxTags={20} {...form.getInputProps('sectors')} />
      </SimpleGrid>
      <TextInput label={t('source')} required maxLength={500} {...form.getInputProps('source')} />
      <Title order={3} size="h5">
        {t('catalogue')}
      </Title>
      <Switch
        label={t('isPublicLabel')}
        description={t('isPublicHint')}
        {...form.getInputProps('isPublic', { type: 'checkbox' })}
      />
      {(['summaryVi', 'summaryEn', 'summaryZh'] as const).map((field) => (
        <Textarea
          key={field}
          label={t(field)}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={5000}
          {...form.getInputProps(field)}
        />
      ))}
    </>
  );
}

/** Areas nest, and figures of land in use say whose they are and for which day. */
function Land({ form }: { form: Form }) {
  const { t, i18n } = useTranslation('cluster');
  const english = i18n.language === 'en';
  const area = (field: 'areaHa' | 'industrialLandHa' | 'occupiedHa' | 'leasedHa') => (
    <NumberInput
      label={t(field)}
      suffix=" ha"
      min={0}
      decimalScale={2}
      decimalSeparator={english ? '.' : ','}
      thousandSeparator={english ? ',' : '.'}
      {...form.getInputProps(field)}
    />
  );
  return (
    <>
      <Title order={3} size="h5">
        {t('land.figures')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('land.figuresHint')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        {area('areaHa')}
        {area('industrialLandHa')}
        {area('occupiedHa')}
        {area('leasedHa')}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <DayField label={t('landAsOf')} clearable maxDate={today()} {...form.getInputProps('landAsOf')} />
        <TextInput label={t('landSource')} maxLength={500} {...form.getInputProps('landSource')} />
      </SimpleGrid>
    </>
  );
}
