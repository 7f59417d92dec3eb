import { Anchor, Button, Group, NumberInput, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../components/form-dialog';
import { useVersionedSave } from '../../components/versioned';
import { api, ifMatch, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { useMay } from '../../lib/session';
import type { Cluster } from './directory-queries';
import { KeptForm, useSaved } from './kept-form';

type Values = { latitude: number | string; longitude: number | string; positionSource: string };

const body = ({ latitude, longitude, positionSource }: Values) => ({
  latitude: latitude === '' ? null : Number(latitude),
  longitude: longitude === '' ? null : Number(longitude),
  positionSource: positionSource.trim() || null,
});
type Body = ReturnType<typeof body>;

const shown = ({ latitude, longitude }: { latitude: number; longitude: number }) =>
  `${latitude}, ${longitude}`;

/** Where the cluster is on the map, or that nobody has said so. */
export function PublicPosition({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('cluster-public');
  const mayWrite = useMay('cluster.write');
  const [opened, { open, close }] = useDisclosure(false);
  const { position } = cluster;
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={3} size="h5">
          {t('position.title')}
        </Title>
        {mayWrite && (
          <Button size="xs" variant="light" leftSection={<IconPencil size={16} aria-hidden />} onClick={open}>
            {t('position.edit')}
          </Button>
        )}
      </Group>
      {position ? (
        <div>
          <Anchor
            underline="always"
            target="_blank"
            rel="noopener"
            href={`https://www.openstreetmap.org/?mlat=${position.latitude}&mlon=${position.longitude}#map=14/${position.latitude}/${position.longitude}`}
          >
            {shown(position)}
          </Anchor>
          <Text size="sm" c="dimmed">
            {position.source}
          </Text>
        </div>
      ) : (
        <Text c="dimmed">{t('unknown', { ns: 'common' })}</Text>
      )}
      <FormDialog opened={opened} close={close} title={t('position.edit')}>
        <PositionForm cluster={cluster} close={close} />
      </FormDialog>
    </Stack>
  );
}

function PositionForm({ cluster: given, close }: { cluster: Cluster; close: () => void }) {
  const { t, i18n } = useTranslation('cluster-public');
  const [cluster] = useState(given);
  const form = useForm<Values>({
    initialValues: {
      latitude: cluster.position?.latitude ?? '',
      longitude: cluster.position?.longitude ?? '',
      positionSource: cluster.position?.source ?? '',
    },
  });
  const placed = (position: Parameters<typeof shown>[0] | null) =>
    position ? shown(position) : i18n.t('unknown');
  const draft = useDraft(`cluster-position:${cluster.id}`, form);
  const path = { params: { path: { id: cluster.id } } };
  const onSaved = useSaved(['cluster'], draft, close);
  const save = useVersionedSave<Cluster, Body>({
    send: (changes, version) =>
      take(api.PATCH('/api/v1/clusters/{id}', { ...path, headers: ifMatch(version), body: changes })),
    current: () => take(api.GET('/api/v1/clusters/{id}', path)),
    differences: ({ latitude, longitude }, { position }) => {
      const mine = placed(latitude === null || longitude === null ? null : { latitude, longitude });
      const theirs = placed(position);
      return mine === theirs ? [] : [{ field: t('position.title'), mine, theirs }];
    },
    onSaved,
    onTheirs: onSaved,
  });
  return (
    <KeptForm
      form={form}
      draft={draft}
      save={{
        send: (values) => save.mutate({ body: body(values), version: cluster.version }),
        saving: save.isPending,
        error: save.error,
      }}
      close={close}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Degrees form={form} field="latitude" between={[8, 24]} />
        <Degrees form={form} field="longitude" between={[102, 110]} />
      </SimpleGrid>
      <TextInput
        label={t('position.source')}
        description={t('position.sourceHint')}
        maxLength={500}
        {...form.getInputProps('positionSource')}
      />
    </KeptForm>
  );
}

interface DegreesProps {
  form: UseFormReturnType<Values>;
  field: 'latitude' | 'longitude';
  /** What lies in Viet Nam. */
  between: [number, number];
}

function Degrees({ form, field, between: [min, max] }: DegreesProps) {
  const { t, i18n } = useTranslation('cluster-public');
  return (
    <NumberInput
      label={t(`position.${field}`)}
      description={t(`position.${field}Hint`)}
      min={min}
      max={max}
      clampBehavior="none"
      decimalScale={6}
      decimalSeparator={i18n.language === 'en' ? '.' : ','}
      hideControls
      {...form.getInputProps(field)}
    />
  );
}
