import { Alert, Anchor, Badge, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { SaveBar } from '../../components/save-bar';
import { ErrorState, LoadingRows } from '../../components/states';
import { tellDone } from '../../components/tell';
import { useDraft } from '../../lib/drafts';
import { showFaults } from '../../lib/form-faults';
import { hasStatus } from '../../lib/problem';
import { useMay } from '../../lib/session';
import { changesOf, planDraft, usePlanForm, type PlanForm } from './plan-form';
import { PlanMenu } from './plan-menu';
import { MoveSequencesDialog, RunningKeepTheirs } from './plan-move';
import { planQuery, type Plan } from './plan-queries';
import { useSavePlan } from './plan-save';
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

/** Shows a plan anew: what was typed is gone, on purpose. */
function start(form: PlanForm, plan: Plan): void {
  const values = planDraft(plan);
  form.setInitialValues(values);
  form.setValues(values);
  form.resetDirty(values);
  form.clearErrors();
}

function usePlanEditor(plan: Plan) {
  const { t } = useTranslation('plans');
  const form = usePlanForm(plan, t);
  const draft = useDraft(`plan:${plan.id}`, form);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [stepsSaved, setStepsSaved] = useState(false);
  const begin = (saved: Plan) => {
    draft.forget();
    setRefusal(null);
    start(form, saved);
  };
  const save = useSavePlan(
    plan,
    (saved) => {
      setStepsSaved(saved.planVersion !== plan.planVersion);
      begin(saved);
      tellDone(t('saved', { ns: 'common' }));
    },
    begin,
  );
  const dirty = form.isDirty();
  useEffect(() => {
    // somebody else saved: shown at once unless something is being typed
    if (!dirty && plan.version !== form.getValues().version) start(form, plan);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [plan.version, dirty]);
  const submit = form.onSubmit((values) => {
    setRefusal(null);
    const change = changesOf(values, planDraft(plan));
    if (Object.keys(change).length === 0) return begin(plan);
    save.mutate(
      { body: change, version: values.version },
      { onError: (error) => !hasStatus(error, 412) && setRefusal(showFaults(form, error)) },
    );
  });
  return { form, draft, dirty, refusal, stepsSaved, save, submit, discard: () => begin(plan) };
}

function PlanEditor({ plan }: { plan: Plan }) {
  const { t } = useTranslation('plans');
  const mayWrite = useMay('plan.write');
  const editor = usePlanEditor(plan);
  const [moving, setMoving] = useState(false);
  const { form, dirty } = editor;
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
      <form onSubmit={editor.submit} noValidate>
        <Stack gap="lg" maw={900}>
          {!mayWrite && <Text c="dimmed">{t('readOnly')}</Text>}
          {editor.draft.restored && dirty && (
            <Text size="sm" c="dimmed">
              {t('draftRestored', { ns: 'common' })}
            </Text>
          )}
          {editor.refusal && (
            <Alert role="alert" color="red" title={t('notDone', { ns: 'common' })}>
              {editor.refusal}
            </Alert>
          )}
          {editor.stepsSaved && !dirty && <RunningKeepTheirs onMove={() => setMoving(true)} />}
          {mayWrite && (
            <TextInput label={t('name')} withAsterisk maxLength={200} {...form.getInputProps('name')} />
          )}
          <PlanTimeLine form={form} mayWrite={mayWrite} />
          <PlanStops form={form} mayWrite={mayWrite} />
          {mayWrite && <SaveBar dirty={dirty} saving={editor.save.isPending} onDiscard={editor.discard} />}
        </Stack>
      </form>
      <MoveSequencesDialog plan={plan} opened={moving} onClose={() => setMoving(false)} />
    </Page>
  );
}
