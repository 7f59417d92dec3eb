import { Button, Text, type TextProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';

interface LongTextProps extends TextProps {
  children: string;
  /** So many are shown before anything is asked for. */
  lines?: number;
}

const LETTERS_A_LINE = 90;

/** Somebody's words as they were written; of long ones the beginning, and the rest on demand. */
export function LongText({ children, lines = 4, ...text }: LongTextProps) {
  const { t } = useTranslation();
  const [all, { toggle }] = useDisclosure(false);
  const needed = children
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / LETTERS_A_LINE)), 0);
  return (
    <div>
      <Text
        {...text}
        lineClamp={all || needed <= lines ? undefined : lines}
        style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}
      >
        {children}
      </Text>
      {needed > lines && (
        <Button size="compact-sm" variant="subtle" aria-expanded={all} onClick={toggle}>
          {t(all ? 'showLess' : 'showAll')}
        </Button>
      )}
    </div>
  );
}
