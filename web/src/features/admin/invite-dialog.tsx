import { PasswordInput, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tellDone } from '../../components/tell';
import { api, newKey, once, take } from '../../lib/api';
import { showFaults } from '../../lib/form-faults';
import { FormDialog } from './dialog';
import { UserDuties, type InvestorLanguage } from './user-duties';
import { ROLES, type Role } from './users';

const SHORTEST = 8;
const EMPTY = {
  name: '',
  email: '',
  role: 'officer' as Role,
  language: 'vi' as 'vi' | 'en',
  districtIds: [] as string[],
  languages: ['vi'] as InvestorLanguage[],
  way: 'mail' as 'mail' | 'password',
  password: '',
};

function useInvite(onClose: () => void) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const [key] = useState(newKey);
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm({
    initialValues: EMPTY,
    validate: {
      name: (value) => (value.trim() ? null : t('required')),
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t('users.emailWrong')),
      password: (value, { way }) =>
        way === 'mail' || value.length >= SHORTEST ? null : t('users.tooShort', { count: SHORTEST }),
    },
  });
  const create = useMutation({
    mutationFn: ({ way, password, ...person }: typeof EMPTY) =>
      take(
        api.POST('/api/v1/users', {
          headers: once(key),
          body: { ...person, ...(way === 'password' && { password }) },
        }),
      ),
    onSuccess: (user, { way }) => {
      void client.invalidateQueries({ queryKey: ['user'] });
      tellDone(
        t(way === 'mail' ? 'users.mailOnItsWay' : 'users.created', { name: user.name, email: user.email }),
      );
      onClose();
    },
    onError: (error) => setRefusal(showFaults(form, error)),
  });
  return { form, create, refusal };
}

/** A new colleague: by a mail in which to choose a password, or with a password to hand over. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('admin');
  const { form, create, refusal } = useInvite(onClose);
  const roles = ROLES.map((value) => ({ value, label: t(`role.${value}`, { ns: 'common' }) }));
  return (
    <FormDialog
      title={t('users.invite')}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => create.mutate(values))}
      saving={create.isPending}
      action={t(form.values.way === 'mail' ? 'users.sendInvitation' : 'users.create')}
      refusal={refusal}
    >
      <TextInput label={t('users.fullName')} withAsterisk data-autofocus {...form.getInputProps('name')} />
      <TextInput label={t('users.email')} type="email" withAsterisk {...form.getInputProps('email')} />
      <Select
        label={t('users.role')}
        description={t(`users.may.${form.values.role}`)}
        allowDeselect={false}
        data={roles}
        {...form.getInputProps('role')}
      />
      <Select
        label={t('users.language')}
        allowDeselect={false}
        data={[
          { value: 'vi', label: 'Tiếng Việt' },
          { value: 'en', label: 'English' },
        ]}
        {...form.getInputProps('language')}
      />
      <UserDuties districts={form.getInputProps('districtIds')} languages={form.getInputProps('languages')} />
      <Radio.Group label={t('users.way')} {...form.getInputProps('way')}>
        <Stack gap="xs" mt={4}>
          <Radio value="mail" label={t('users.byMail')} />
          <Radio value="password" label={t('users.byPassword')} />
        </Stack>
      </Radio.Group>
      {form.values.way === 'password' && (
        <PasswordInput
          label={t('users.password')}
          description={t('users.passwordText')}
          withAsterisk
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('users.showPassword'), tabIndex: 0 }}
          {...form.getInputProps('password')}
        />
      )}
    </FormDialog>
  );
}
