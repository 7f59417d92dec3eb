import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { FormDialog, FormFrame } from '../../components/form-dialog';
import { ColleagueSelect } from '../../components/selects';
import { tellDone } from '../../components/tell';
import { api, ifMatch, take } from '../../lib/api';
import { showFaults } from '../../lib/form-faults';
import { instantOf, local } from '../../lib/format';
import { CATEGORIES, type Obstacle, type ObstacleCategory } from './exchange-queries';

interface Dialog {
  obstacle: Obstacle;
  opened: boolean;
  close: () => void;
}

/** Who sees to it, by when, and what it is about. */
export function EditObstacleDialog({ obstacle, opened, close }: Dialog) {
  const { t } = useTranslation('exchange');
  return (
    <FormDialog opened={opened} close={close} title={t('obstacles.edit')}>
      <EditForm obstacle={obstacle} close={close} />
    </FormDialog>
  );
}

type Values = {
  title: string;
  category: ObstacleCategory;
  description: string;
  ownerId: string | null;
  dueOn: string | null;
  visibleToInvestor: boolean;
};

const dayOf = ({ dueAt }: Obstacle) => local(dueAt).format('YYYY-MM-DD');

/** What differs from the obstacle; a new day keeps the hour of the former one. */
function changesOf(values: Values, obstacle: Obstacle) {
  const { ownerId, dueOn, title, description, ...plain } = values;
  return {
    ...plain,
    title: title.trim(),
    description: description.trim() || null,
    ...(ownerId && ownerId !== obstacle.owner?.id && { ownerId }),
    ...(dueOn &&
      dueOn !== dayOf(obstacle) && { dueAt: instantOf(dueOn, local(obstacle.dueAt).format('HH:mm')) }),
  };
}

function useSave(obstacle: Obstacle, close: () => void, refused: (error: Error) => void) {
  const { t } = useTranslation('exchange');
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: Values) =>
      take(
        api.PATCH('/api/v1/obstacles/{id}', {
          params: { path: { id: obstacle.id } },
          headers: ifMatch(obstacle.version),
          body: changesOf(values, obstacle),
        }),
      ),
    onSuccess: () => {
      tellDone(t('obstacles.edited'));
      close();
    },
    onError: refused,
    onSettled: () => void client.invalidateQueries({ queryKey: ['obstacle'] }),
  });
}

function EditForm({ obstacle, close }: Omit<Dialog, 'opened'>) {
  const { t } = useTranslation('exchange');
  const [fault, setFault] = useState<string | null>(null);
  const required = (value: string | null) => (value?.trim() ? null : t('required', { ns: 'common' }));
  const form = useForm<Values>({
    initialValues: {
      title: obstacle.title,
      category: obstacle.category,
      description: obstacle.description ?? '',
      ownerId: obstacle.owner?.id ?? null,
      dueOn: dayOf(obstacle),
      visibleToInvestor: obstacle.visibleToInvestor,
    },
    validate: { title: required, dueOn: required },
  });
  const save = useSave(obstacle, close, (error) => setFault(showFaults(form, error)));
  return (
    <FormFrame
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      close={close}
      saving={save.isPending}
      fault={fault}
    >
      <ColleagueSelect
        label={t('obstacles.owner')}
        allowDeselect={false}
        {...form.getInputProps('ownerId')}
      />
      <DayField label={t('obstacles.due')} withAsterisk {...form.getInputProps('dueOn')} />
      <TextInput label={t('obstacles.what')} withAsterisk maxLength={200} {...form.getInputProps('title')} />
      <Select
        label={t('obstacles.about')}
        allowDeselect={false}
        data={CATEGORIES.map((value) => ({ value, label: t(`obstacles.category.${value}`) }))}
        {...form.getInputProps('category')}
      />
      <Textarea
        label={t('obstacles.more')}
        autosize
        minRows={3}
        maxLength={5000}
        {...form.getInputProps('description')}
      />
      {obstacle.contact && (
        <Checkbox
          label={t('obstacles.showTo', { name: obstacle.contact.name })}
          {...form.getInputProps('visibleToInvestor', { type: 'checkbox' })}
        />
      )}
    </FormFrame>
  );
}
