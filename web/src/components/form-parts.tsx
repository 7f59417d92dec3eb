import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface DraftNoteProps {
  /** Was something typed before found again? */
  restored: boolean | undefined;
  /** Left out: leaving the form discards it. */
  discard?: () => void;
}

/** Says that what was typed before is here again, and offers to be rid of it. */
export function DraftNote({ restored, discard }: DraftNoteProps) {
  const { t } = useTranslation();
  if (!restored) return null;
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed" role="status">
        {t('draftRestored')}
      </Text>
      {discard && (
        <Button size="compact-sm" variant="subtle" onClick={discard}>
          {t('discardDraft')}
        </Button>
      )}
    </Group>
  );
}

/** Why the server refused what no single field is to blame for. */
export function Refused({ reason, title }: { reason: string | null | undefined; title?: string }) {
  if (!reason) return null;
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={title}>
      {reason}
    </Alert>
  );
}

interface FootProps {
  onClose: () => void;
  saving: boolean;
  /** Left out: save. */
  submit?: string;
  disabled?: boolean;
  /** Stays in sight while a long form is scrolled. */
  sticky?: boolean;
  /** What it does cannot be undone. */
  danger?: boolean;
}

const STICKY = { position: 'sticky', bottom: 0, background: 'var(--mantine-color-body)', zIndex: 3 } as const;

/** The way out of a dialog's form: leaving it, or saving. */
export function FormFoot({ onClose, saving, submit, disabled, sticky, danger }: FootProps) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end" {...(sticky && { py: 'xs', style: STICKY })}>
      <Button variant="default" onClick={onClose}>
        {t('cancel')}
      </Button>
      <Button type="submit" loading={saving} disabled={disabled} color={danger ? 'red' : undefined}>
        {submit ?? t('save')}
      </Button>
    </Group>
  );
}
