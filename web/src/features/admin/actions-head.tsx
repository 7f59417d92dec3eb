import { Table, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The head of the column that holds what can be done with a row: read out, not shown. */
export function ActionsHead({ w }: { w: number }) {
  const { t } = useTranslation('admin');
  return (
    <Table.Th w={w}>
      <VisuallyHidden>{t('users.actions')}</VisuallyHidden>
    </Table.Th>
  );
}
