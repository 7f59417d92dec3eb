import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Difference } from '../../components/conflict';
import { api, ifMatch, take } from '../../lib/api';
import { pipelinesQuery, useStageName, type LeadKind } from '../../lib/pipelines';
import { draftOf, toStepBody, type PlanChange } from './plan-form';
import { planQuery, type Plan } from './plan-queries';
import { usePlanWords } from './plan-words';

/** The steps first: they are what the server may find wrong. Each part carries the version that the one before made. */
async function send(plan: Plan, change: PlanChange, version: number): Promise<Plan> {
  const params = { path: { id: plan.id } };
  const { steps, ...rest } = change;
  let saved = plan;
  let at = version;
  if (steps) {
    saved = await take(
      api.PUT('/api/v1/follow-up-plans/{id}/steps', { params, body: { steps }, headers: ifMatch(at) }),
    );
    at = saved.version;
  }
  if (Object.keys(rest).length > 0)
    saved = await take(
      api.PATCH('/api/v1/follow-up-plans/{id}', { params, body: rest, headers: ifMatch(at) }),
    );
  return saved;
}

/** Parts that the saved plan has otherwise, as words. */
function useDifferences(): (mine: PlanChange, theirs: Plan) => Difference[] {
  const { t } = useTranslation('plans');
  const { summary } = usePlanWords();
  const stageName = useStageName();
  useQuery(pipelinesQuery);
  const stage = (kind: LeadKind, code: string | null) => (code ? stageName(kind, code) : t('noStop'));
  return (mine, theirs) => {
    const found: Difference[] = [];
    if (mine.name !== undefined && mine.name !== theirs.name)
      found.push({ field: t('name'), mine: mine.name, theirs: theirs.name });
    for (const kind of ['infrastructure', 'secondary'] as const) {
      const one = mine.stopStages?.[kind];
      if (one === undefined || one === theirs.stopStages[kind]) continue;
      found.push({
        field: t(`stop.${kind}`),
        mine: stage(kind, one),
        theirs: stage(kind, theirs.stopStages[kind]),
      });
    }
    const saved = theirs.steps.map((step) => toStepBody(draftOf(step)));
    const count = Math.max(mine.steps?.length ?? 0, saved.length);
    for (let index = 0; mine.steps && index < count; index += 1) {
      const [one, other] = [mine.steps[index], saved[index]];
      if (JSON.stringify(one) === JSON.stringify(other)) continue;
      found.push({
        field: t('stepAt', { number: index + 1 }),
        mine: one ? summary(one) : t('none', { ns: 'common' }),
        theirs: other ? summary(other) : t('none', { ns: 'common' }),
      });
    }
    return found;
  };
}

/** How a plan is sent, read again, compared and shown. */
export function usePlanSaving(plan: Plan) {
  const client = useQueryClient();
  const differences = useDifferences();
  return {
    send: (change: PlanChange, version: number) => send(plan, change, version),
    current: () => take(api.GET('/api/v1/follow-up-plans/{id}', { params: { path: { id: plan.id } } })),
    differences,
    keep: (saved: Plan) => {
      client.setQueryData(planQuery(plan.id).queryKey, saved);
      void client.invalidateQueries({ queryKey: ['plan', 'list'] });
    },
  };
}
