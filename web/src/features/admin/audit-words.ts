import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { colleaguesQuery } from '../../components/selects';
import { formatDay, formatNumber, formatTime } from '../../lib/format';
import { pipelinesQuery } from '../../lib/pipelines';

export type Entry = components['schemas']['AuditAnswer'];

/** One field as it was and as it became, in words. */
export interface Line {
  field: string;
  before: string;
  after: string;
}

/** What only programs need: ids, marks of time that another field tells, and places in lists. */
const SILENT = new Set([
  'id',
  'created_at',
  'sample',
  'position',
  'email_verified',
  'plan_version_id',
  'stage_before_exit',
  'committed_currency',
  'budget_currency',
  'code',
  'key',
  'prefix',
  'enabled',
  'metadata',
  'config_id',
  'request_count',
  'rate_limit_enabled',
  'rate_limit_max',
  'rate_limit_time_window',
  'registered_currency',
  'disbursed_currency',
]);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const LONGEST = 300;

function useNames(): Map<string, string> {
  const { i18n } = useTranslation();
  const colleagues = useQuery(colleaguesQuery).data ?? [];
  const pipelines = useQuery(pipelinesQuery).data?.items ?? [];
  const stages = pipelines.flatMap((pipeline) => pipeline.stages);
  return new Map([
    ...stages.map((stage) => [stage.code, i18n.language === 'en' ? stage.nameEn : stage.nameVi] as const),
    ...colleagues.map(({ id, name }) => [id, name] as const),
  ]);
}

/** An entry of the journal for people: who, what, which field from what to what. */
export function useAuditWords() {
  const { t, i18n } = useTranslation('audit');
  const names = useNames();
  const known = (key: string) => i18n.exists(key, { ns: 'audit' });

  const say = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('nothing');
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (typeof value === 'number') return formatNumber(value);
    if (Array.isArray(value)) return value.length > 0 ? value.map(say).join(', ') : t('nothing');
    if (typeof value === 'object') {
      const parts = Object.entries(value).map(([name, inner]) => `${fieldName(name)}: ${say(inner)}`);
      return parts.join('; ') || t('nothing');
    }
    const text = String(value);
    const name = names.get(text);
    if (name) return name;
    if (UUID.test(text)) return t('record');
    if (DAY.test(text)) return formatDay(text);
    if (INSTANT.test(text)) return formatTime(text);
    if (known(`value.${text}`)) return t(`value.${text}`);
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  };

  const fieldName = (column: string): string =>
    known(`field.${column}`) ? t(`field.${column}`) : t('otherField');

  const lines = ({ changes }: Entry): Line[] =>
    Object.entries(changes)
      .filter(([column]) => !SILENT.has(column))
      .map(([column, pair]) => {
        const [before, after] = pair as [unknown, unknown];
        return { field: fieldName(column), before: say(before), after: say(after) };
      });

  const subject = ({ table }: Entry): string =>
    known(`table.${table}`) ? t(`table.${table}`) : t('otherTable');

  /** What the thing is called, where the entry itself says so. */
  const title = ({ changes }: Entry): string | null => {
    const columns = [
      i18n.language === 'en' ? 'name_en' : 'name_vi',
      'name',
      'full_name',
      'reference',
      'subject',
      'day',
    ];
    for (const column of columns) {
      const pair = changes[column] as [unknown, unknown] | undefined;
      if (pair) return say(pair[1] ?? pair[0]);
    }
    return null;
  };

  const actor = (entry: Entry): string =>
    entry.actor.name ??
    (known(`actor.${entry.actor.kind}`) ? t(`actor.${entry.actor.kind}`) : t('actor.system'));

  return { lines, subject, title, actor };
}
