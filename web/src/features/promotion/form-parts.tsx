import { Alert, Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Why the server refused what no single field is to blame for. */
export function Refused({ reason }: { reason: string | null | undefined }) {
  if (!reason) return null;
  return (
    <Alert color="red" role="alert">
      {reason}
    </Alert>
  );
}

interface FootProps {
  onClose: () => void;
  saving: boolean;
  /** Left out: save. */
  submit?: string;
}

/** The way out of a dialog's form: leaving it, or saving. */
export function FormFoot({ onClose, saving, submit }: FootProps) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onClose}>
        {t('cancel')}
      </Button>
      <Button type="submit" loading={saving}>
        {submit ?? t('save')}
      </Button>
    </Group>
  );
}
