import { Alert, Button, Group, List, ScrollArea, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconHistory, IconPrinter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { formatDay } from '../../lib/format';
import { REPORTS, type ReportAddress } from './report-address';
import { ReportExport } from './report-export';
import { ReportFilters } from './report-filters';
import type { Question, ReportNote } from './report-queries';
import classes from './reports.module.css';
import { RowsProvider } from './rows-drawer';

/** How one report groups its rows says nothing to another. */
const kept = ({ groupBy: _own, ...words }: Question): Question => words;

/** The reports beside each other; what narrows them goes along. */
function Tabs({ address }: { address: ReportAddress }) {
  const { t } = useTranslation('reports');
  return (
    <ScrollArea type="never" viewportProps={{ tabIndex: -1 }}>
      <Group component="nav" gap={4} wrap="nowrap" aria-label={t('tabs')}>
        {(['overview', ...REPORTS] as const).map((name) => (
          <Button
            key={name}
            size="sm"
            flex="none"
            variant={name === address.name ? 'light' : 'subtle'}
            c={name === address.name ? undefined : 'var(--mantine-color-text)'}
            aria-current={name === address.name ? 'page' : undefined}
            renderRoot={(props) => (
              <Link {...props} to={name === 'overview' ? '/reports' : `/reports/${name}`} search={kept} />
            )}
          >
            {t(`tab.${name}`)}
          </Button>
        ))}
      </Group>
    </ScrollArea>
  );
}

/** Said calmly while a past day is read. */
function AsItStood({ address }: { address: ReportAddress }) {
  const { t } = useTranslation('reports');
  if (!address.asOf) return null;
  return (
    <Alert
      color="gray"
      icon={<IconHistory aria-hidden />}
      title={t('stood.title', { day: formatDay(address.asOf) })}
    >
      <Group gap="sm">
        <Text size="sm">{t('stood.text')}</Text>
        <Button
          size="compact-sm"
          variant="default"
          className={classes.screenOnly}
          onClick={() => address.set({ asOf: undefined })}
        >
          {t('stood.now')}
        </Button>
      </Group>
    </Alert>
  );
}

interface FrameProps {
  address: ReportAddress;
  children: ReactNode;
}

/** What all reports share: the question, the others beside it, what narrows it, taking it along. */
export function ReportFrame({ address, children }: FrameProps) {
  const { t } = useTranslation('reports');
  const { name } = address;
  return (
    <RowsProvider>
      <Page
        title={t(`title.${name}`)}
        lead={t(`question.${name}`)}
        actions={
          <Group gap="xs" className={classes.screenOnly}>
            {name !== 'overview' && <ReportExport name={name} address={address} />}
            <Button
              variant="default"
              leftSection={<IconPrinter size={16} aria-hidden />}
              onClick={() => window.print()}
            >
              {t('print')}
            </Button>
          </Group>
        }
      >
        <div className={classes.screenOnly}>
          <Tabs address={address} />
        </div>
        <div className={classes.screenOnly}>
          <ReportFilters address={address} />
        </div>
        <AsItStood address={address} />
        {children}
      </Page>
    </RowsProvider>
  );
}

/** What a reader must know of the figures. */
export function Notes({ notes }: { notes: ReportNote[] }) {
  const { t } = useTranslation('reports');
  if (notes.length === 0) return null;
  return (
    <section aria-label={t('notes')}>
      <List size="sm" c="dimmed">
        {notes.map(({ code, text }) => (
          <List.Item key={code}>{text}</List.Item>
        ))}
      </List>
    </section>
  );
}
