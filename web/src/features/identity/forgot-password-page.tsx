import { Alert, Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, take } from '../../lib/api';
import { Door } from './door';

export function ForgotPasswordPage() {
  const { t } = useTranslation('identity');
  const form = useForm({
    initialValues: { email: '' },
    validate: { email: (value) => (value.trim() ? null : t('emailMissing')) },
  });
  const ask = useMutation({
    mutationFn: (body: { email: string }) => take(api.POST('/api/auth/request-password-reset', { body })),
  });
  const back = (
    <Anchor component={Link} to="/sign-in" size="sm" ta="center">
      {t('backToSignIn')}
    </Anchor>
  );
  if (ask.isSuccess)
    return (
      <Door title={t('linkSent.title')} text={t('linkSent.text')}>
        {back}
      </Door>
    );
  return (
    <Door title={t('forgot')} text={t('forgotText')}>
      <form noValidate onSubmit={form.onSubmit((values) => ask.mutate(values))}>
        <Stack>
          {ask.error && (
            <Alert color="red" role="alert">
              {ask.error.message}
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
          <Button type="submit" loading={ask.isPending}>
            {t('sendLink')}
          </Button>
          {back}
        </Stack>
      </form>
    </Door>
  );
}
