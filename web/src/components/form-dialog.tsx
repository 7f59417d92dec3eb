import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface FormDialogProps {
  opened: boolean;
  close: () => void;
  title: string;
  size?: string;
  children: ReactNode;
}

/** A dialog for a form: the whole screen on a phone; its content lives only while it is open. */
export function FormDialog({ opened, close, title, size = 'lg', children }: FormDialogProps) {
  const { t } = useTranslation();
  const small = useMediaQuery('(max-width: 48em)');
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={title}
      size={size}
      fullScreen={small}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {children}
    </Modal>
  );
}

interface FormFrameProps {
  onSubmit: (event?: FormEvent<HTMLFormElement>) => void;
  close: () => void;
  saving: boolean;
  /** What belongs to no field. */
  fault?: string | null;
  /** Was something typed before found again? */
  restored?: boolean;
  discard?: () => void;
  submitLabel?: string;
  submitDisabled?: boolean;
  children: ReactNode;
}

/** The form inside: what was found again, its fields, what is wrong, and the two ways out. */
export function FormFrame(props: FormFrameProps) {
  const { t } = useTranslation();
  return (
    <form onSubmit={props.onSubmit} noValidate>
      <Stack>
        {props.restored && (
          <Group gap="xs" justify="space-between">
            <Text size="sm" c="dimmed" role="status">
              {t('draftRestored')}
            </Text>
            <Button size="compact-sm" variant="subtle" onClick={props.discard}>
              {t('discardDraft')}
            </Button>
          </Group>
        )}
        {props.children}
        {props.fault && (
          <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={t('notDone')}>
            {props.fault}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.close}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={props.saving} disabled={props.submitDisabled}>
            {props.submitLabel ?? t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
