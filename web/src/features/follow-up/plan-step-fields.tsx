import { Checkbox, Group, NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { inLanguage } from '../../lib/format';
import { templatesQuery } from '../messaging/template-queries';
import { CHANNELS, type PlanForm } from './plan-form';

interface FieldsProps {
  form: PlanForm;
  index: number;
}

/** All that a step says: when, what, with which letter, for whom. */
export function PlanStepFields({ form, index }: FieldsProps) {
  const { t } = useTranslation('plans');
  const at = (field: string) => `steps.${index}.${field}`;
  const step = form.values.steps[index]!;
  const units = (['working_day', 'day'] as const).map((value) => ({ value, label: t(`unit.${value}`) }));
  const channels = CHANNELS.map((value) => ({ value, label: t(`channel.${value}`, { ns: 'common' }) }));
  const choose = (channel: string | null) => {
    const before = step.channel === 'investor_email';
    form.setFieldValue(at('channel'), channel ?? step.channel);
    // a letter to the investor is no notice to the staff
    if (before !== (channel === 'investor_email')) form.setFieldValue(at('templateId'), null);
  };
  return (
    <Stack gap="sm">
      <Group align="flex-start" gap="sm">
        <NumberInput
          w={120}
          label={t('amount')}
          min={0}
          max={730}
          allowDecimal={false}
          autoFocus
          {...form.getInputProps(at('amount'))}
        />
        <Select
          w={190}
          label={t('unitLabel')}
          allowDeselect={false}
          data={units}
          {...form.getInputProps(at('unit'))}
        />
        <Select
          flex="1 1 220px"
          label={t('channelLabel')}
          allowDeselect={false}
          data={channels}
          {...form.getInputProps(at('channel'))}
          onChange={choose}
        />
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput label={t('titleVi')} withAsterisk maxLength={200} {...form.getInputProps(at('titleVi'))} />
        <TextInput label={t('titleEn')} withAsterisk maxLength={200} {...form.getInputProps(at('titleEn'))} />
      </SimpleGrid>
      <LetterField form={form} index={index} />
      <ConditionFields form={form} index={index} />
    </Stack>
  );
}

function LetterField({ form, index }: FieldsProps) {
  const { t } = useTranslation('plans');
  const { data } = useQuery(templatesQuery);
  const forInvestor = form.values.steps[index]!.channel === 'investor_email';
  const letters = (data?.items ?? [])
    .filter(({ audience }) => audience === (forInvestor ? 'investor' : 'officer'))
    .map((item) => ({ value: item.id, label: inLanguage(item) }));
  return (
    <Select
      label={t(forInvestor ? 'letter' : 'notice')}
      description={forInvestor ? undefined : t('noticeText')}
      withAsterisk={forInvestor}
      clearable={!forInvestor}
      clearButtonProps={{ 'aria-label': t('noNotice') }}
      searchable
      data={letters}
      nothingFoundMessage={t('nothingFound', { ns: 'common' })}
      {...form.getInputProps(`steps.${index}.templateId`)}
    />
  );
}

function ConditionFields({ form, index }: FieldsProps) {
  const { t } = useTranslation('plans');
  const at = (field: string) => `steps.${index}.${field}`;
  const choices = (keys: string[]) => [
    { value: '', label: t('everyone') },
    ...keys.map((key) => ({ value: key.replace('interest_', ''), label: t(`for.${key}`) })),
  ];
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <Select
          label={t('leadKind')}
          allowDeselect={false}
          data={choices(['infrastructure', 'secondary'])}
          {...form.getInputProps(at('leadKind'))}
        />
        <Select
          label={t('attendance')}
          allowDeselect={false}
          data={choices(['attended', 'no_show'])}
          {...form.getInputProps(at('attendance'))}
        />
        <Select
          label={t('interest')}
          allowDeselect={false}
          data={choices(['interest_yes', 'interest_no'])}
          {...form.getInputProps(at('interest'))}
        />
      </SimpleGrid>
      <Checkbox
        label={t('for.noAnswerYet')}
        {...form.getInputProps(at('noAnswerYet'), { type: 'checkbox' })}
      />
    </>
  );
}
