import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface FilterChoiceProps extends Omit<SelectProps, 'value' | 'onChange'> {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** A filter of a few words, of which the empty one asks for nothing in particular. */
export function FilterChoice({ value, onChange, ...props }: FilterChoiceProps) {
  return (
    <Select
      flex="1 1 150px"
      allowDeselect={false}
      {...props}
      value={value ?? ''}
      onChange={(chosen) => onChange(chosen || undefined)}
    />
  );
}

interface FilterPickProps extends FilterChoiceProps {
  /** What the button says that takes the choice back. */
  clearLabel: string;
}

/** A filter of many words, one of which may be picked. */
export function FilterPick({ value, onChange, clearLabel, ...props }: FilterPickProps) {
  const { t } = useTranslation();
  return (
    <Select
      placeholder={t('all')}
      clearable
      clearButtonProps={{ 'aria-label': clearLabel }}
      {...props}
      value={value ?? null}
      onChange={(picked) => onChange(picked ?? undefined)}
    />
  );
}
