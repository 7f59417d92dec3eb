import { Anchor, Badge, Group, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EditorFrame, useEditor } from '../../components/editor';
import { Page } from '../../components/page';
import { ErrorState, LoadingRows } from '../../components/states';
import { useMay } from '../../lib/session';
import { changesOf, planDraft, usePlanForm } from './plan-form';
import { PlanMenu } from './plan-menu';
import { MoveSequencesDialog, RunningKeepTheirs } from './plan-move';
import { planQuery, type Plan } from './plan-queries';
import { usePlanSaving } from './plan-save';
import { PlanStops } from './plan-stops';
import { PlanTimeLine } from './plan-time-line';

/** What happens after a round, on which days, and for whom. */
export function PlanPage() {
  const { t } = useTranslation('plans');
  const { planId } = useParams({ from: '/shell/plans/$planId' });
  const query = useQuery(planQuery(planId));
  if (query.data) return <PlanEditor key={planId} plan={query.data} />;
  return (
    <Page title={t('plan')}>
      {query.error ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : (
        <LoadingRows rows={6} height={96} />
      )}
    </Page>
  );
}

function usePlanEditor(plan: Plan) {
  const { t } = useTranslation('plans');
  const form = usePlanForm(plan, t);
  const [stepsSaved, setStepsSaved] = useState(false);
  const editor = useEditor({
    saved: plan,
    form,
    draftName: `plan:${plan.id}`,
    valuesOf: planDraft,
    changesOf,
    ...usePlanSaving(plan),
    onSaved: (saved) => setStepsSaved(saved.planVersion !== plan.planVersion),
  });
  return { form, editor, stepsSaved };
}

function PlanEditor({ plan }: { plan: Plan }) {
  const { t } = useTranslation('plans');
  const mayWrite = useMay('plan.write');
  const { form, editor, stepsSaved } = usePlanEditor(plan);
  const [moving, setMoving] = useState(false);
  return (
    <Page
      title={plan.name}
      lead={
        <Group gap="xs">
          <Anchor component={Link} to="/plans" size="sm">
            {t('allPlans')}
          </Anchor>
          {plan.isDefault && <Badge tt="none">{t('default')}</Badge>}
          {plan.archived && (
            <Badge tt="none" color="gray" autoContrast>
              {t('archived')}
            </Badge>
          )}
        </Group>
      }
      actions={mayWrite && <PlanMenu plan={plan} onMove={() => setMoving(true)} />}
    >
      <EditorFrame editor={editor} mayWrite={mayWrite} gap="lg" maw={900}>
        {!mayWrite && <Text c="dimmed">{t('readOnly')}</Text>}
        {stepsSaved && !editor.dirty && <RunningKeepTheirs onMove={() => setMoving(true)} />}
        {mayWrite && (
          <TextInput label={t('name')} withAsterisk maxLength={200} {...form.getInputProps('name')} />
        )}
        <PlanTimeLine form={form} mayWrite={mayWrite} />
        <PlanStops form={form} mayWrite={mayWrite} />
      </EditorFrame>
      <MoveSequencesDialog plan={plan} opened={moving} onClose={() => setMoving(false)} />
    </Page>
  );
}
