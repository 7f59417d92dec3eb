import { NumberInput, Select, SimpleGrid, TagsInput, Text, TextInput, Textarea, Title } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { countryOptions } from '../../lib/countries';
import type { FirmValues } from './firm-form';

interface FirmFieldsProps {
  form: UseFormReturnType<FirmValues>;
  /** What is worth a second look; never a reason not to save. */
  warnings: components['schemas']['FieldWarning'][];
}

export function FirmFields({ form, warnings }: FirmFieldsProps) {
  const { t } = useTranslation('firms');
  const doubt = warnings.find(({ path }) => path === 'taxCode')?.message;
  return (
    <>
      <TextInput label={t('name')} required data-autofocus maxLength={300} {...form.getInputProps('name')} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('shortName')} maxLength={100} {...form.getInputProps('shortName')} />
        <TextInput
          label={t('taxCode')}
          inputMode="numeric"
          description={
            doubt && (
              <Text span inherit c="var(--mantine-color-text)" role="status">
                ⚠ {doubt}
              </Text>
            )
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('taxCode')}
        />
        <Select
          label={t('country')}
          searchable
          allowDeselect={false}
          data={countryOptions()}
          nothingFoundMessage={t('nothingFound', { ns: 'common' })}
          {...form.getInputProps('country')}
        />
        <TagsInput
          label={t('sectors')}
          description={t('sectorsHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxTags={20}
          {...form.getInputProps('sectors')}
        />
        <TextInput label={t('phone')} type="tel" {...form.getInputProps('phone')} />
        <TextInput label={t('email')} type="email" maxLength={254} {...form.getInputProps('email')} />
        <TextInput label={t('website')} inputMode="url" maxLength={300} {...form.getInputProps('website')} />
        <TextInput label={t('address')} maxLength={500} {...form.getInputProps('address')} />
      </SimpleGrid>
      <DeveloperFields form={form} />
      <Textarea
        label={t('note')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={5000}
        {...form.getInputProps('note')}
      />
    </>
  );
}

/** What counts of a firm that builds clusters. */
function DeveloperFields({ form }: Pick<FirmFieldsProps, 'form'>) {
  const { t, i18n } = useTranslation('firms');
  return (
    <>
      <Title order={3} size="h5">
        {t('developer')}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Textarea
          label={t('developerCapacity')}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={5000}
          {...form.getInputProps('developerCapacity')}
        />
        <NumberInput
          label={t('developedAreaHa')}
          suffix=" ha"
          min={0}
          decimalScale={2}
          decimalSeparator={i18n.language === 'en' ? '.' : ','}
          thousandSeparator={i18n.language === 'en' ? ',' : '.'}
          {...form.getInputProps('developedAreaHa')}
        />
      </SimpleGrid>
    </>
  );
}
