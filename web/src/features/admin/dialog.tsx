import { Modal, Stack } from '@mantine/core';
import type { FormEventHandler, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFoot, Refused } from '../../components/form-parts';

interface DialogProps {
  title: string;
  onClose: () => void;
  onSubmit: FormEventHandler<HTMLFormElement>;
  saving: boolean;
  /** What the main button does. */
  action: string;
  refusal: string | null;
  /** What it does cannot be undone. */
  danger?: boolean;
  children: ReactNode;
}

/** A form in a dialog: what the server refused stands above it. */
export function FormDialog({
  title,
  onClose,
  onSubmit,
  saving,
  action,
  refusal,
  danger,
  children,
}: DialogProps) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form noValidate onSubmit={onSubmit}>
        <Stack gap="sm">
          <Refused reason={refusal} />
          {children}
          <FormFoot onClose={onClose} saving={saving} submit={action} danger={danger} />
        </Stack>
      </form>
    </Modal>
  );
}
