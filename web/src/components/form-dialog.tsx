import { Modal, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Suspense, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftNote, FormFoot, Refused } from './form-parts';
import { LoadingRows } from './states';

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
      {/* what is fetched for the dialog never takes the page behind it away */}
      <Suspense fallback={<LoadingRows />}>{children}</Suspense>
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
        <DraftNote restored={props.restored} discard={props.discard} />
        {props.children}
        <Refused reason={props.fault} title={t('notDone')} />
        <FormFoot
          onClose={props.close}
          saving={props.saving}
          submit={props.submitLabel}
          disabled={props.submitDisabled}
        />
      </Stack>
    </form>
  );
}
