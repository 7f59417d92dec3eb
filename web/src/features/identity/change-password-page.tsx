import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { tellDone } from '../../components/tell';
import { api, take } from '../../lib/api';
import { useMay } from '../../lib/session';
import { Door } from './door';
import { NewPassword } from './new-password';

/** For whoever came in with a password that someone else knows. */
export function ChangePasswordPage() {
  const { t } = useTranslation('identity');
  const navigate = useNavigate();
  const client = useQueryClient();
  const isAdmin = useMay('user.write');
  const change = useMutation({
    mutationFn: ({ current, password }: { current: string; password: string }) =>
      take(
        api.POST('/api/auth/change-password', {
          body: { currentPassword: current, newPassword: password },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['me'] });
      tellDone(t('passwordSet.title'));
      await navigate({ to: isAdmin ? '/first-steps' : '/' });
    },
  });
  return (
    <Door title={t('changeFirst')} text={t('changeFirstText')}>
      <NewPassword asksCurrent error={change.error} saving={change.isPending} save={change.mutate} />
    </Door>
  );
}
