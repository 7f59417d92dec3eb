import { Button, Card, Group, Radio, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { tellDone, tellFailure } from '../../components/tell';
import { api, ifMatch, take } from '../../lib/api';
import type { Language } from '../../lib/i18n';
import { useMe } from '../../lib/session';
import { NewPassword } from './new-password';
import { Visiting } from './visiting';

function Profile() {
  const { t, i18n } = useTranslation('identity');
  const me = useMe();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { name: me.name, language: (me.language ?? 'vi') as Language },
    validate: { name: (value) => (value.trim() ? null : t('nameMissing')) },
  });
  const save = useMutation({
    mutationFn: (body: typeof form.values) =>
      take(api.PATCH('/api/v1/me', { body, headers: ifMatch(me.version ?? 0) })),
    onSuccess: async (saved, { language }) => {
      client.setQueryData(['me'], saved);
      await i18n.changeLanguage(language);
      tellDone(i18n.t('saved'));
    },
    onError: tellFailure,
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack>
        <Title order={2} size="h4">
          {t('profile')}
        </Title>
        <TextInput label={t('name')} {...form.getInputProps('name')} />
        <Radio.Group
          label={t('mailLanguage')}
          description={t('mailLanguageText')}
          {...form.getInputProps('language')}
        >
          <Group mt="xs">
            <Radio value="vi" label="Tiếng Việt" lang="vi" />
            <Radio value="en" label="English" lang="en" />
          </Group>
        </Radio.Group>
        <Text size="sm" c="dimmed">
          {me.email} · {t(`role.${me.role}`, { ns: 'common' })}
        </Text>
        <Button type="submit" loading={save.isPending} style={{ alignSelf: 'flex-start' }}>
          {t('save', { ns: 'common' })}
        </Button>
      </Stack>
    </form>
  );
}

function Password() {
  const { t } = useTranslation('identity');
  const change = useMutation({
    mutationFn: ({ current, password }: { current: string; password: string }) =>
      take(
        api.POST('/api/auth/change-password', {
          body: { currentPassword: current, newPassword: password },
        }),
      ),
    onSuccess: () => tellDone(t('passwordSet.title')),
  });
  return (
    <Stack>
      <div>
        <Title order={2} size="h4">
          {t('password')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('otherSessionsEnd')}
        </Text>
      </div>
      <NewPassword
        key={change.isSuccess ? change.submittedAt : 0}
        asksCurrent
        error={change.error}
        saving={change.isPending}
        save={change.mutate}
      />
    </Stack>
  );
}

export function AccountPage() {
  const { t } = useTranslation('identity');
  return (
    <Page title={t('account')}>
      <SimpleGrid cols={{ base: 1, md: 2 }} maw={960}>
        <Card withBorder p="lg">
          <Profile />
        </Card>
        <Card withBorder p="lg">
          <Password />
        </Card>
      </SimpleGrid>
      <Stack mt="md" maw={960}>
        <Visiting />
      </Stack>
    </Page>
  );
}
