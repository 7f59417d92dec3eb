import { useForm } from '@mantine/form';
import i18n from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../components/form-dialog';
import { useVersionedSave } from '../../components/versioned';
import { api, ifMatch, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { changedOnly } from './changed';
import { ClusterFields } from './cluster-fields';
import {
  clusterBody,
  clusterDifferences,
  clusterValues,
  type ClusterBody,
  type ClusterValues,
} from './cluster-form';
import type { Cluster } from './directory-queries';
import { KeptForm, useSaved } from './kept-form';

interface ClusterDialogProps {
  opened: boolean;
  close: () => void;
  cluster: Cluster;
}

export function ClusterDialog({ opened, close, cluster }: ClusterDialogProps) {
  const { t } = useTranslation('cluster');
  return (
    <FormDialog opened={opened} close={close} title={t('editTitle')} size="xl">
      <ClusterForm cluster={cluster} close={close} />
    </FormDialog>
  );
}

function ClusterForm({ cluster: given, close }: Omit<ClusterDialogProps, 'opened'>) {
  const { t } = useTranslation('cluster');
  const [cluster] = useState(given);
  const form = useForm<ClusterValues>({
    initialValues: clusterValues(cluster),
    validate: {
      name: (value) => (value.trim() ? null : i18n.t('required')),
      source: (value) => (value.trim() ? null : t('sourceMissing')),
    },
  });
  const draft = useDraft(`cluster:${cluster.id}`, form);
  const params = { path: { id: cluster.id } };
  const saved = useSaved(['cluster'], draft, close);
  const save = useVersionedSave<Cluster, ClusterBody>({
    send: (body, version) =>
      take(api.PATCH('/api/v1/clusters/{id}', { params, headers: ifMatch(version), body })),
    current: () => take(api.GET('/api/v1/clusters/{id}', { params })),
    differences: clusterDifferences,
    onSaved: saved,
    onTheirs: saved,
  });
  const before = clusterBody(clusterValues(cluster));
  return (
    <KeptForm
      form={form}
      draft={draft}
      save={{
        send: (values) =>
          save.mutate({ body: changedOnly(clusterBody(values), before), version: values.version }),
        saving: save.isPending,
        error: save.error,
      }}
      close={close}
    >
      <ClusterFields form={form} />
    </KeptForm>
  );
}
