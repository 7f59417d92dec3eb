import { Anchor } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, take } from '../../lib/api';
import { Door } from './door';
import { NewPassword } from './new-password';

/** By the link of an invitation or a reset; its token stays behind the `#`, which no server is told. */
export function SetPasswordPage() {
  const { t } = useTranslation('identity');
  const [token] = useState(() => window.location.hash.slice(1));
  const save = useMutation({
    mutationFn: (newPassword: string) =>
      take(api.POST('/api/auth/reset-password', { body: { token, newPassword } })),
  });
  if (save.isSuccess || !token)
    return (
      <Door
        title={t(save.isSuccess ? 'passwordSet.title' : 'noToken.title')}
        text={t(save.isSuccess ? 'passwordSet.text' : 'noToken.text')}
      >
        <Anchor component={Link} to={save.isSuccess ? '/sign-in' : '/forgot-password'}>
          {t(save.isSuccess ? 'signIn' : 'sendLink')}
        </Anchor>
      </Door>
    );
  return (
    <Door title={t('choosePassword')} text={t('choosePasswordText')}>
      <NewPassword
        error={save.error}
        saving={save.isPending}
        save={({ password }) => save.mutate(password)}
      />
    </Door>
  );
}
