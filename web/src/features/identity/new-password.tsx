import { Alert, Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const SHORTEST = 8;

interface NewPasswordProps {
  error: Error | null;
  saving: boolean;
  save: (values: { current: string; password: string }) => void;
  /** Whether the present password is asked for too. */
  asksCurrent?: boolean;
  children?: ReactNode;
}

/** A new password, typed twice. */
export function NewPassword({ error, saving, save, asksCurrent = false, children }: NewPasswordProps) {
  const { t } = useTranslation('identity');
  const form = useForm({
    initialValues: { current: '', password: '', again: '' },
    validate: {
      current: (value) => (!asksCurrent || value ? null : t('passwordMissing')),
      password: (value) => (value.length >= SHORTEST ? null : t('tooShort', { count: SHORTEST })),
      again: (value, { password }) => (value === password ? null : t('notAlike')),
    },
  });
  const toggle = { 'aria-label': t('showPassword'), tabIndex: 0 };
  return (
    <form noValidate onSubmit={form.onSubmit(save)}>
      <Stack>
        {error && (
          <Alert color="red" role="alert">
            {error.message}
          </Alert>
        )}
        {asksCurrent && (
          <PasswordInput
            label={t('currentPassword')}
            name="current"
            autoComplete="current-password"
            visibilityToggleButtonProps={toggle}
            {...form.getInputProps('current')}
          />
        )}
        <PasswordInput
          label={t('newPassword')}
          description={t('atLeast', { count: SHORTEST })}
          name="password"
          autoComplete="new-password"
          visibilityToggleButtonProps={toggle}
          {...form.getInputProps('password')}
        />
        <PasswordInput
          label={t('newPasswordAgain')}
          name="again"
          autoComplete="new-password"
          visibilityToggleButtonProps={toggle}
          {...form.getInputProps('again')}
        />
        <Button type="submit" loading={saving}>
          {t('savePassword')}
        </Button>
        {children}
      </Stack>
    </form>
  );
}
