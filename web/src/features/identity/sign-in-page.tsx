import { Alert, Anchor, Button, Checkbox, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, take } from '../../lib/api';
import { hasStatus, Unreachable } from '../../lib/problem';
import { Door } from './door';

/** Only a page of this app is returned to: never an address that a link brought along. */
function within(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/';
}

export function SignInPage() {
  const { t } = useTranslation('identity');
  const router = useRouter();
  const client = useQueryClient();
  const { next } = useSearch({ from: '/sign-in' });
  const form = useForm({
    initialValues: { email: '', password: '', rememberMe: true },
    validate: {
      email: (value) => (value.trim() ? null : t('emailMissing')),
      password: (value) => (value ? null : t('passwordMissing')),
    },
  });
  const signIn = useMutation({
    mutationFn: (body: typeof form.values) => take(api.POST('/api/auth/sign-in/email', { body })),
    onSuccess: async () => {
      await client.resetQueries({ queryKey: ['me'] });
      router.history.replace(`/app${within(next)}`.replace(/^\/app\/app/, '/app'));
    },
  });
  return (
    <Door title={t('signIn')}>
      <form noValidate onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
        <Stack>
          {signIn.error && (
            <Alert color="red" role="alert">
              {hasStatus(signIn.error, 401)
                ? t('wrongPassword')
                : signIn.error instanceof Unreachable
                  ? t('unreachable.text', { ns: 'common' })
                  : signIn.error.message}
            </Alert>
          )}
          <TextInput
            label={t('email')}
            type="email"
            name="email"
            autoComplete="username"
            autoFocus
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('password')}
            name="password"
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword'), tabIndex: 0 }}
            {...form.getInputProps('password')}
          />
          <Checkbox label={t('rememberMe')} {...form.getInputProps('rememberMe', { type: 'checkbox' })} />
          <Button type="submit" loading={signIn.isPending}>
            {t('signIn')}
          </Button>
          <Anchor component={Link} to="/forgot-password" size="sm" ta="center">
            {t('forgot')}
          </Anchor>
        </Stack>
      </form>
    </Door>
  );
}
