import { Fieldset, NumberInput, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { ClustersSelect, ColleagueSelect } from '../../components/selects';
import { CURRENCIES, type RoundForm } from './round-form';
import { ROUND_KINDS, usePlanChoices } from './round-queries';

function Budget({ form }: { form: RoundForm }) {
  const { t, i18n } = useTranslation('rounds');
  const vi = i18n.language !== 'en';
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <NumberInput
        label={t('form.budget')}
        thousandSeparator={vi ? '.' : ','}
        decimalSeparator={vi ? ',' : '.'}
        decimalScale={2}
        allowNegative={false}
        maxLength={24}
        hideControls
        value={form.values.amount}
        onChange={(value) => form.setFieldValue('amount', String(value))}
        error={form.errors.amount}
      />
      <Select
        label={t('form.currency')}
        data={[...CURRENCIES]}
        allowDeselect={false}
        {...form.getInputProps('currency')}
      />
    </SimpleGrid>
  );
}

function Goals({ form }: { form: RoundForm }) {
  const { t } = useTranslation('rounds');
  const count = { min: 0, max: 1_000_000, allowDecimal: false, allowNegative: false };
  return (
    <Fieldset legend={t('goals')}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
          {(['firms', 'leads', 'meetings'] as const).map((goal) => (
            <NumberInput key={goal} label={t(`goal.${goal}`)} {...count} {...form.getInputProps(goal)} />
          ))}
        </SimpleGrid>
        <Textarea
          label={t('form.goalNote')}
          autosize
          minRows={2}
          maxLength={2000}
          {...form.getInputProps('goalNote')}
        />
      </Stack>
    </Fieldset>
  );
}

/** Everything that is planned of a round. */
export function RoundFields({ form }: { form: RoundForm }) {
  const { t } = useTranslation('rounds');
  const plans = usePlanChoices();
  return (
    <Stack>
      <TextInput
        label={t('form.name')}
        withAsterisk
        maxLength={300}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label={t('form.code')}
          description={t('form.codeHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          withAsterisk
          maxLength={40}
          {...form.getInputProps('code')}
        />
        <Select
          label={t('kind')}
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
          data={ROUND_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          {...form.getInputProps('kind')}
        />
        <DayField label={t('form.startsOn')} withAsterisk {...form.getInputProps('startsOn')} />
        <DayField
          label={t('form.endsOn')}
          withAsterisk
          minDate={form.values.startsOn ?? undefined}
          {...form.getInputProps('endsOn')}
        />
      </SimpleGrid>
      <Budget form={form} />
      <Goals form={form} />
      <ClustersSelect label={t('clusters')} maxValues={100} {...form.getInputProps('clusterIds')} />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Select
          label={t('plan')}
          description={t('form.planHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
          data={plans}
          {...form.getInputProps('followUpPlanId')}
        />
        <ColleagueSelect label={t('owner')} {...form.getInputProps('ownerId')} />
      </SimpleGrid>
    </Stack>
  );
}
