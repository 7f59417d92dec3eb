import { Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatMoney, formatMoneyInFull, type MoneyValue } from '../lib/format';

/** An amount as people say it, its every digit on demand; unknown is said to be unknown. */
export function Money({ value }: { value: MoneyValue | null | undefined }) {
  const { t } = useTranslation();
  if (!value)
    return (
      <Text span inherit c="dimmed">
        {t('unknown')}
      </Text>
    );
  return (
    <Tooltip label={formatMoneyInFull(value)}>
      <Text span inherit style={{ whiteSpace: 'nowrap' }}>
        {formatMoney(value)}
      </Text>
    </Tooltip>
  );
}
