import { Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tellDone } from '../../components/tell';
import { useVersionedSave } from '../../components/versioned';
import { api, ifMatch, take } from '../../lib/api';
import { showFaults } from '../../lib/form-faults';
import { formatPhone, isWholePhone } from '../../lib/phones';
import { hasStatus } from '../../lib/problem';
import { FormDialog } from './dialog';
import { UserDuties, useDistrictName } from './user-duties';
import { ROLES, type User } from './users';

type Changes = Pick<User, 'name' | 'role' | 'title' | 'phone' | 'districtIds' | 'languages'>;

const FIELDS = ['name', 'role', 'title', 'phone', 'districtIds', 'languages'] as const;

/** The fields of an account as whoever edits it reads them. */
function useUserWords() {
  const { t } = useTranslation(['admin', 'duties']);
  const districtName = useDistrictName();
  const shown = (field: keyof Changes, of: Changes): string => {
    if (field === 'role') return t(`role.${of.role}`, { ns: 'common' });
    if (field === 'districtIds') return of.districtIds.map(districtName).join(', ');
    if (field === 'languages')
      return of.languages.map((one) => t(`language.${one}`, { ns: 'duties' })).join(', ');
    return of[field] ?? '';
  };
  const labelOf = (field: keyof Changes): string => {
    if (field === 'districtIds') return t('districts', { ns: 'duties' });
    if (field === 'languages') return t('languages', { ns: 'duties' });
    return t(field === 'name' ? 'users.fullName' : `users.${field}`);
  };
  return { shown, labelOf };
}

function useUserSave(user: User, onClose: () => void) {
  const { t } = useTranslation('common');
  const client = useQueryClient();
  const { shown, labelOf } = useUserWords();
  const params = { path: { id: user.id } };
  const done = () => {
    void client.invalidateQueries({ queryKey: ['user'] });
    void client.invalidateQueries({ queryKey: ['me'] });
    onClose();
  };
  return useVersionedSave<User, Changes>({
    send: (body, version) =>
      take(api.PATCH('/api/v1/users/{id}', { params, body, headers: ifMatch(version) })),
    current: () => take(api.GET('/api/v1/users/{id}', { params })),
    // a version that is newer for another reason, such as an invitation sent, is no conflict
    differences: (mine, theirs) =>
      FIELDS.filter(
        (field) => shown(field, theirs) !== shown(field, user) && shown(field, theirs) !== shown(field, mine),
      ).map((field) => ({
        field: labelOf(field),
        mine: shown(field, mine),
        theirs: shown(field, theirs),
      })),
    onSaved: () => {
      tellDone(t('saved'));
      done();
    },
    onTheirs: done,
  });
}

/** Name, role and how letters are signed; the e-mail is what one signs in with and stays. */
export function EditUserDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation(['admin', 'duties']);
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm({
    initialValues: {
      name: user.name,
      role: user.role,
      title: user.title ?? '',
      phone: user.phone ? formatPhone(user.phone) : '',
      districtIds: user.districtIds,
      languages: user.languages,
    },
    validate: {
      name: (value) => (value.trim() ? null : t('required')),
      phone: (value) => (!value.trim() || isWholePhone(value) ? null : t('users.phoneWrong')),
    },
  });
  const save = useUserSave(user, onClose);
  const submit = form.onSubmit(({ title, phone, ...rest }) =>
    save.mutate(
      {
        body: { ...rest, title: title.trim() || null, phone: phone.trim() || null },
        version: user.version,
      },
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
        data={ROLES.map((value) => ({ value, label: t(`role.${value}`, { ns: 'common' }) }))}
        {...form.getInputProps('role')}
      />
      <TextInput
        label={t('users.title')}
        description={t('users.titleText')}
        maxLength={200}
        {...form.getInputProps('title')}
      />
      <TextInput label={t('users.phone')} type="tel" {...form.getInputProps('phone')} />
      <UserDuties districts={form.getInputProps('districtIds')} languages={form.getInputProps('languages')} />
    </FormDialog>
  );
}
