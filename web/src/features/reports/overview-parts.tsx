import { Anchor, Card, Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './reports.module.css';
import type { ReportName } from './report-address';

interface PartProps {
  title: string;
  /** The period, or what is counted. */
  note?: string;
  /** The report that tells more. */
  report?: ReportName;
  /** What the report is asked beyond what stands in the address. */
  words?: Record<string, string | undefined>;
  children: ReactNode;
}

/** One answer of the overview, and the way to the report that tells more. */
export function Part({ title, note, report, words = {}, children }: PartProps) {
  const { t } = useTranslation('reports');
  const id = useId();
  return (
    <Card withBorder component="section" aria-labelledby={id} className={classes.kept}>
      <Group justify="space-between" align="baseline" wrap="nowrap" gap="xs" mb="sm">
        <div style={{ minWidth: 0 }}>
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          {note && (
            <Text size="sm" c="dimmed">
              {note}
            </Text>
          )}
        </div>
        {report && (
          <Anchor
            size="sm"
            flex="none"
            className={classes.screenOnly}
            aria-label={`${t('seeReport')}: ${t(`title.${report}`)}, ${title}`}
            renderRoot={(props) => (
              <Link
                {...props}
                to="/reports/$report"
                params={{ report }}
                search={(before) => ({ ...before, ...words })}
              />
            )}
          >
            {t('seeReport')}
          </Anchor>
        )}
      </Group>
      {children}
    </Card>
  );
}
