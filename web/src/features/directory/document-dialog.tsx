import { FileInput, Progress, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { IconUpload } from '@tabler/icons-react';
import i18n from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { FormDialog } from '../../components/form-dialog';
import { neededWords, sentWords, TranslatedFields, typedWords, wordsHere } from '../../components/translated';
import { useVersionedSave } from '../../components/versioned';
import { api, ifMatch, take } from '../../lib/api';
import { today } from '../../lib/format';
import { sendDocument } from './document-upload';
import { KeptForm, useSaved } from './kept-form';
import { DOCUMENT_KINDS, type LandDocument } from './land-queries';

const ACCEPTED = '.pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx';
/** A file cannot be kept as a draft. */
const NO_DRAFT = { restored: false, forget: () => undefined };

function valuesOf(document: LandDocument | null, file: File | null) {
  return {
    file,
    kind: document?.kind ?? ((file?.type.startsWith('image/') ? 'picture' : '') as LandDocument['kind'] | ''),
    title: typedWords(document?.title),
    alt: typedWords(document?.alt),
    language: document?.language ?? null,
    issuedOn: document?.issuedOn ?? null,
    number: document?.number ?? '',
  };
}
type Values = ReturnType<typeof valuesOf>;

interface DocumentDialogProps {
  clusterId: string;
  /** The one to change; null: a new one. */
  document: LandDocument | null;
  /** Dropped on the list. */
  file?: File | null;
  close: () => void;
}

export function DocumentDialog(props: DocumentDialogProps) {
  const { t } = useTranslation('cluster-public');
  return (
    <FormDialog opened close={props.close} title={t(props.document ? 'document.edit' : 'document.add')}>
      {props.document ? (
        <ChangeForm {...props} document={props.document} />
      ) : (
        <UploadForm {...props} file={props.file ?? null} />
      )}
    </FormDialog>
  );
}

const rules = {
  kind: (value: string) => (value ? null : i18n.t('required')),
  title: { vi: (value: string) => (value.trim() ? null : i18n.t('required')) },
};

function formDataOf({ file, kind, title, language, issuedOn, number }: Values): FormData {
  const data = new FormData();
  const texts = { kind, titleVi: title.vi, titleEn: title.en, titleZh: title.zh, language, issuedOn, number };
  for (const [name, value] of Object.entries(texts)) if (value?.trim()) data.append(name, value.trim());
  if (file) data.append('file', file);
  return data;
}

function UploadForm({ clusterId, file, close }: DocumentDialogProps & { file: File | null }) {
  const { t } = useTranslation('cluster-public');
  const [sent, setSent] = useState<number | null>(null);
  const form = useForm<Values>({
    initialValues: valuesOf(null, file),
    validate: { ...rules, file: (value) => (value ? null : i18n.t('required')) },
  });
  const saved = useSaved(['cluster'], NO_DRAFT, close);
  const upload = useMutation({
    mutationFn: (values: Values) => sendDocument(clusterId, formDataOf(values), setSent),
    onSuccess: saved,
    onSettled: () => setSent(null),
  });
  return (
    <KeptForm
      form={form}
      draft={NO_DRAFT}
      save={{ send: upload.mutate, saving: upload.isPending, error: upload.error }}
      close={close}
      submitLabel={t('document.send')}
    >
      <FileInput
        label={t('document.file')}
        description={t('document.fileHint')}
        required
        clearable
        clearButtonProps={{ 'aria-label': t('document.clear') }}
        accept={ACCEPTED}
        leftSection={<IconUpload size={18} aria-hidden />}
        {...form.getInputProps('file')}
      />
      {sent !== null && (
        <Progress.Root size="lg">
          <Progress.Section value={sent * 100} aria-label={t('document.sending')} />
        </Progress.Root>
      )}
      <DocumentFields form={form} />
    </KeptForm>
  );
}

function ChangeForm({ clusterId, document, close }: DocumentDialogProps & { document: LandDocument }) {
  const { t } = useTranslation('cluster-public');
  const [given] = useState(document);
  const form = useForm<Values>({ initialValues: valuesOf(given, null), validate: rules });
  const onSaved = useSaved(['cluster'], NO_DRAFT, close);
  const body = ({ kind, title, alt, language, issuedOn, number }: Values) => ({
    kind: kind || ('other' as const),
    title: neededWords(title),
    alt: sentWords(alt),
    language,
    issuedOn,
    number: number.trim() || null,
  });
  const find = (items: LandDocument[]) => items.find(({ id }) => id === given.id)!;
  const save = useVersionedSave<LandDocument, ReturnType<typeof body>>({
    send: async (changes, version) =>
      find(
        (
          await take(
            api.PATCH('/api/v1/clusters/{id}/documents/{documentId}', {
              params: { path: { id: clusterId, documentId: given.id } },
              headers: ifMatch(version),
              body: changes,
            }),
          )
        ).documents,
      ),
    current: async () =>
      find(
        (await take(api.GET('/api/v1/clusters/{id}/land', { params: { path: { id: clusterId } } })))
          .documents,
      ),
    differences: (mine, theirs) =>
      [{ field: t('document.title'), mine: wordsHere(mine.title), theirs: wordsHere(theirs.title) }].filter(
        (one) => one.mine !== one.theirs,
      ),
    onSaved,
    onTheirs: onSaved,
  });
  return (
    <KeptForm
      form={form}
      draft={NO_DRAFT}
      save={{
        send: (values) => save.mutate({ body: body(values), version: given.version }),
        saving: save.isPending,
        error: save.error,
      }}
      close={close}
    >
      <DocumentFields form={form} />
      {given.width !== null && <TranslatedFields form={form} path="alt" label={t('document.alt')} />}
    </KeptForm>
  );
}

function DocumentFields({ form }: { form: UseFormReturnType<Values> }) {
  const { t } = useTranslation('cluster-public');
  return (
    <>
      <Select
        label={t('document.what')}
        required
        data={DOCUMENT_KINDS.map((value) => ({ value, label: t(`document.kind.${value}`) }))}
        {...form.getInputProps('kind')}
      />
      <TranslatedFields form={form} path="title" label={t('document.title')} required />
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Select
          label={t('document.language')}
          clearable
          clearButtonProps={{ 'aria-label': t('document.clear') }}
          data={(['vi', 'en', 'zh'] as const).map((value) => ({
            value,
            label: t(`inLanguage.${value}`, { ns: 'common' }),
          }))}
          {...form.getInputProps('language')}
        />
        <TextInput label={t('document.number')} maxLength={200} {...form.getInputProps('number')} />
        <DayField
          label={t('document.issuedOn')}
          clearable
          maxDate={today()}
          {...form.getInputProps('issuedOn')}
        />
      </SimpleGrid>
    </>
  );
}
