import { Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tellDone } from '../../components/tell';
import { useVersionedSave } from '../../components/versioned';
import { api, ifMatch, take } from '../../lib/api';
import { showFaults } from '../../lib/form-faults';
import { hasStatus } from '../../lib/problem';
import { FormDialog } from './dialog';
import { ROLES, type Role, type User } from './users';

/** Name and role; the e-mail is what one signs in with and stays. */
export function EditUserDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const [refusal, setRefusal] = useState<string | null>(null);
  const roleName = (role: Role) => t(`role.${role}`, { ns: 'common' });
  const form = useForm({
    initialValues: { name: user.name, role: user.role },
    validate: { name: (value) => (value.trim() ? null : t('required')) },
  });
  const params = { path: { id: user.id } };
  const done = () => {
    void client.invalidateQueries({ queryKey: ['user'] });
    void client.invalidateQueries({ queryKey: ['me'] });
    onClose();
  };
  const save = useVersionedSave<User, { name: string; role: Role }>({
    send: (body, version) =>
      take(api.PATCH('/api/v1/users/{id}', { params, body, headers: ifMatch(version) })),
    current: () => take(api.GET('/api/v1/users/{id}', { params })),
    // a version that is newer for another reason, such as an invitation sent, is no conflict
    differences: (mine, theirs) =>
      (['name', 'role'] as const)
        .filter((field) => theirs[field] !== user[field] && theirs[field] !== mine[field])
        .map((field) => ({
          field: t(field === 'name' ? 'users.fullName' : 'users.role'),
          mine: field === 'name' ? mine.name : roleName(mine.role),
          theirs: field === 'name' ? theirs.name : roleName(theirs.role),
        })),
    onSaved: () => {
      tellDone(t('saved', { ns: 'common' }));
      done();
    },
    onTheirs: done,
  });
  const submit = form.onSubmit((body) =>
    save.mutate(
      { body, version: user.version },
      { onError: (error) => !hasStatus(error, 412) && setRefusal(showFaults(form, error)) },
    ),
  );
  return (
    <FormDialog
      title={t('users.editTitle', { name: user.name })}
      onClose={onClose}
      onSubmit={submit}
      saving={save.isPending}
      action={t('save', { ns: 'common' })}
      refusal={refusal}
    >
      <TextInput label={t('users.fullName')} withAsterisk data-autofocus {...form.getInputProps('name')} />
      <Select
        label={t('users.role')}
        description={t(`users.may.${form.values.role}`)}
        allowDeselect={false}
        data={ROLES.map((value) => ({ value, label: roleName(value) }))}
        {...form.getInputProps('role')}
      />
    </FormDialog>
  );
}
