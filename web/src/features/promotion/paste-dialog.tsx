import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { DraftNote, Refused } from '../../components/form-parts';
import { tellDone } from '../../components/tell';
import { api, newKey, once, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { Problem } from '../../lib/problem';
import { AddOptions, useAddOptions } from './add-options';
import { firstDecision, itemOf, type Decision, type RecognisedLine } from './paste-decisions';
import { PasteLines } from './paste-lines';
import type { Round } from './round-queries';

interface PasteProps {
  round: Round;
  opened: boolean;
  onClose: () => void;
}

/** A list as copied from a spreadsheet: read, decided line by line, added all or none. */
export function PasteDialog({ opened, ...props }: PasteProps) {
  const { t } = useTranslation('rounds');
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      size="90rem"
      title={t('paste.title')}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <Paste {...props} />
    </Modal>
  );
}

function Paste({ round, onClose }: Omit<PasteProps, 'opened'>) {
  const { t } = useTranslation('rounds');
  const form = useForm({
    initialValues: { text: '' },
    validate: { text: (value) => (value.trim() ? null : t('required', { ns: 'common' })) },
  });
  const draft = useDraft(`paste:${round.id}`, form);
  const recognise = useMutation({
    mutationFn: (text: string) =>
      take(
        api.POST('/api/v1/rounds/{id}/participations/recognise', {
          params: { path: { id: round.id } },
          body: { text },
        }),
      ),
  });
  if (recognise.data)
    return (
      <Decide
        round={round}
        lines={recognise.data.lines}
        back={recognise.reset}
        done={() => {
          draft.forget();
          onClose();
        }}
      />
    );
  return (
    <form noValidate onSubmit={form.onSubmit(({ text }) => recognise.mutate(text))}>
      <Stack>
        <DraftNote
          restored={draft.restored}
          discard={() => {
            form.reset();
            draft.forget();
          }}
        />
        <Refused reason={recognise.error?.message} />
        <Textarea
          label={t('paste.text')}
          description={t('paste.textHint')}
          autosize
          minRows={8}
          maxRows={18}
          data-autofocus
          styles={{ input: { fontFamily: 'monospace' } }}
          {...form.getInputProps('text')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={recognise.isPending}>
            {t('paste.recognise')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface DecideProps {
  round: Round;
  lines: RecognisedLine[];
  back: () => void;
  done: () => void;
}

/** A fault of `items.3.email` told by the number of its line. */
function useFaults() {
  const { t } = useTranslation('rounds');
  return (error: Error, lines: RecognisedLine[]): string[] => {
    if (!(error instanceof Problem) || error.faults.length === 0) return [error.message];
    return error.faults.map(({ path, message }) => {
      const line = lines[Number(/^items\.(\d+)/.exec(path)?.[1])]?.line;
      return line ? t('paste.fault', { line, message }) : message;
    });
  };
}

/** Adds what was decided, all or none. */
function useAddLines(round: Round, done: () => void) {
  const { t } = useTranslation('rounds');
  const client = useQueryClient();
  const [key] = useState(newKey);
  return useMutation({
    mutationFn: (body: components['schemas']['AddPasted']) =>
      take(
        api.POST('/api/v1/rounds/{id}/participations/bulk', {
          params: { path: { id: round.id } },
          headers: once(key),
          body,
        }),
      ),
    onSuccess: ({ created, updated, firmsCreated, reminders }) => {
      const words = t('paste.done', { created, updated, firms: firmsCreated });
      tellDone(reminders ? `${words} ${t('late.done', { count: reminders.created })}` : words);
      done();
      for (const topic of ['round', 'participation', 'firm'])
        void client.invalidateQueries({ queryKey: [topic] });
    },
  });
}

function Decide({ round, lines, back, done }: DecideProps) {
  const { t } = useTranslation('rounds');
  const options = useAddOptions();
  const faultsOf = useFaults();
  const [decisions, setDecisions] = useState(
    () => new Map(lines.map((one) => [one.line, firstDecision(one)])),
  );
  const chosen = lines.filter((one) => !['', 'skip'].includes(decisions.get(one.line) ?? ''));
  const undecided = lines.filter((one) => decisions.get(one.line) === '').length;
  const add = useAddLines(round, done);
  const submit = () =>
    add.mutate({ items: chosen.map((one) => itemOf(one, decisions.get(one.line)!)), ...options.values });
  const decide = (line: number, decision: Decision) => setDecisions(new Map(decisions).set(line, decision));
  return (
    <Stack>
      {add.error && (
        <Alert color="red" role="alert">
          {faultsOf(add.error, chosen).map((words) => (
            <Text key={words} size="sm">
              {words}
            </Text>
          ))}
        </Alert>
      )}
      <PasteLines lines={lines} decisions={decisions} decide={decide} />
      <AddOptions round={round} options={options} />
      <Text size="sm" c="dimmed">
        {t('paste.noConsent')}
      </Text>
      <Group justify="space-between">
        <Button variant="default" onClick={back}>
          {t('paste.again')}
        </Button>
        <Group>
          <Text size="sm" aria-live="polite">
            {undecided > 0 && t('paste.undecided', { count: undecided })}
          </Text>
          <Button disabled={chosen.length === 0 || undecided > 0} loading={add.isPending} onClick={submit}>
            {t('paste.submit', { count: chosen.length })}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
