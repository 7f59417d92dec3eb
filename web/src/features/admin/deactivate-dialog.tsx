import { Select, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { colleaguesQuery } from '../../components/selects';
import { tellDone } from '../../components/tell';
import { api, take } from '../../lib/api';
import { showFaults } from '../../lib/form-faults';
import { FormDialog } from './dialog';
import type { User } from './users';

/** What is open of someone's leads; what is lost or rests is handed over as well. */
function useOpenLeads(ownerId: string): number | undefined {
  return useQuery({
    queryKey: ['lead', 'of', ownerId],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/leads', { signal, params: { query: { ownerId, limit: 1 } } })),
  }).data?.total;
}

/** Whoever leaves hands over first: no lead is left without anyone. */
export function DeactivateDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const [refusal, setRefusal] = useState<string | null>(null);
  const colleagues = useQuery(colleaguesQuery).data ?? [];
  const count = useOpenLeads(user.id);
  const form = useForm({
    initialValues: { handOverTo: '' },
    validate: { handOverTo: (value) => (value ? null : t('users.chooseHeir')) },
  });
  const deactivate = useMutation({
    mutationFn: (body: { handOverTo: string }) =>
      take(api.POST('/api/v1/users/{id}/deactivate', { params: { path: { id: user.id } }, body })),
    onSuccess: () => {
      for (const topic of ['user', 'lead', 'reminder', 'today'])
        void client.invalidateQueries({ queryKey: [topic] });
      tellDone(t('users.deactivatedNow', { name: user.name }));
      onClose();
    },
    onError: (error) => setRefusal(showFaults(form, error)),
  });
  const heirs = colleagues.filter(({ id }) => id !== user.id);
  return (
    <FormDialog
      title={t('users.deactivateTitle', { name: user.name })}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => deactivate.mutate(values))}
      saving={deactivate.isPending}
      action={t('users.deactivate')}
      refusal={refusal}
    >
      <Text size="sm">{t('users.deactivateText')}</Text>
      {count !== undefined && <Text size="sm">{t('users.leads', { count })}</Text>}
      <Select
        label={t('users.heir')}
        withAsterisk
        searchable
        data-autofocus
        data={heirs.map(({ id, name }) => ({ value: id, label: name }))}
        nothingFoundMessage={t('nothingFound', { ns: 'common' })}
        {...form.getInputProps('handOverTo')}
      />
    </FormDialog>
  );
}
