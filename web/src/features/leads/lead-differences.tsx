import { useTranslation } from 'react-i18next';
import { useQuery } from '@tanstack/react-query';
import type { Difference } from '../../components/conflict';
import { clusterNamesQuery, colleaguesQuery } from '../../components/selects';
import { formatHa, formatMoney, formatNumber, formatTime, type MoneyValue } from '../../lib/format';
import { CAPITAL, type LeadChange } from './lead-edit-form';
import { firmContactsQuery } from '../directory/directory-queries';
import type { Lead } from './lead-queries';

type Named = { id: string; name: string };

const idsOf = (refs: readonly Named[]): string[] => refs.map(({ id }) => id);

/** Fields of a change that the saved lead has otherwise, as words. */
export function useDifferences(lead: Lead): (mine: LeadChange, theirs: Lead) => Difference[] {
  const { t } = useTranslation('lead');
  const contacts = useQuery(firmContactsQuery(lead.firm.id)).data?.items ?? [];
  const clusters = useQuery(clusterNamesQuery).data?.items ?? [];
  const colleagues = useQuery(colleaguesQuery).data ?? [];
  const known = new Map<string, string>([
    ...contacts.map(({ id, fullName }) => [id, fullName] as const),
    ...[...clusters, ...colleagues, ...lead.partners].map(({ id, name }) => [id, name] as const),
  ]);
  const none = t('unknown', { ns: 'common' });
  const money = (value: MoneyValue | null | undefined) => (value ? formatMoney(value) : none);
  const names = (ids: readonly string[], theirs: readonly Named[]) => {
    const all = new Map([...known, ...theirs.map(({ id, name }) => [id, name] as const)]);
    return ids.map((id) => all.get(id) ?? id).join(', ') || t('none', { ns: 'common' });
  };

  return (mine, theirs) => {
    const found: Difference[] = [];
    const add = (field: string, one: unknown, other: unknown, say: (value: never) => string) => {
      if (one === undefined || JSON.stringify(one) === JSON.stringify(other)) return;
      found.push({ field: t(`fields.${field}`), mine: say(one as never), theirs: say(other as never) });
    };
    const plain = (value: string | null) => value ?? none;
    const number = (value: number | null) => (value === null ? none : formatNumber(value));
    add('primaryContactId', mine.primaryContactId, theirs.primaryContact?.id ?? null, (id: string | null) =>
      id ? names([id], theirs.primaryContact ? [theirs.primaryContact] : []) : none,
    );
    const lists = { clusterIds: theirs.clusters, partnerFirmIds: theirs.partners, helperIds: theirs.helpers };
    for (const field of ['clusterIds', 'partnerFirmIds', 'helperIds'] as const)
      add(field, mine[field], idsOf(lists[field]), (ids: string[]) => names(ids, lists[field]));
    for (const field of ['summary', 'sector', 'nextAction'] as const)
      add(field, mine[field], theirs[field], plain);
    add('areaHa', mine.areaHa, theirs.areaHa, (ha: number | null) => (ha === null ? none : formatHa(ha)));
    for (const name of CAPITAL)
      add(`capital.${name}`, mine.capital?.[name], theirs.capital[name], money as (value: never) => string);
    for (const field of ['jobsPromised', 'jobsDelivered'] as const)
      add(field, mine[field], theirs[field], number);
    add('nextActionAt', mine.nextActionAt, theirs.nextActionAt, (at: string | null) =>
      at ? formatTime(at) : none,
    );
    return found;
  };
}
