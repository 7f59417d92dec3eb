import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import i18n from 'i18next';
import { useTranslation } from 'react-i18next';
import { tellFailure } from '../../components/tell';
import { Problem, Unreachable, type ProblemBody } from '../../lib/problem';
import type { ReportAddress, ReportName } from './report-address';
import type { Question } from './report-queries';

const FORMATS = ['xlsx', 'csv', 'pdf'] as const;

interface Wanted {
  name: ReportName;
  question: Question;
  format: (typeof FORMATS)[number];
}

/** The report as a file, in the language of the page, under the name that the server gives it. */
async function fetchFile({ name, question, format }: Wanted): Promise<void> {
  const words = Object.entries({ ...question, format }).flatMap(([key, value]) =>
    value ? [[key, value]] : [],
  );
  const address = `/api/v1/reports/${name}?${new URLSearchParams(words).toString()}`;
  const answer = await fetch(address, { headers: { 'Accept-Language': i18n.language } }).catch(() => {
    throw new Unreachable();
  });
  if (!answer.ok) throw new Problem(answer.status, (await answer.json().catch(() => ({}))) as ProblemBody);
  const named = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = named?.[1] ?? `${name}.${format}`;
  link.click();
  // the browser has taken it by then
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Takes the report along as a file. */
export function ReportExport({ name, address }: { name: ReportName; address: ReportAddress }) {
  const { t } = useTranslation('reports');
  const { mutate, isPending } = useMutation({ mutationFn: fetchFile, onError: tellFailure });
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button variant="default" loading={isPending} leftSection={<IconDownload size={16} aria-hidden />}>
          {t('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map((format) => (
          <Menu.Item key={format} onClick={() => mutate({ name, question: address.question, format })}>
            {t(`format.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
