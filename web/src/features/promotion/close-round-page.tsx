import { Alert, Anchor, Button, Group, Stack, Stepper, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftNote } from '../../components/form-parts';
import { Page } from '../../components/page';
import { ErrorState, LoadingRows } from '../../components/states';
import { CloseConfirm } from './close-confirm';
import { CloseWhen } from './close-when';
import { CloseWho } from './close-who';
import { useClosing } from './closing';
import { roundQuery, type Round } from './round-queries';

const route = getRouteApi('/shell/rounds/$roundId/close');
const STEPS = ['who', 'when', 'confirm'] as const;

function Content({
  closing,
  step,
  round,
}: {
  closing: ReturnType<typeof useClosing>;
  step: number;
  round: Round;
}) {
  const { everything, actual } = closing;
  const error = everything.error ?? actual.error;
  if (error && !(everything.data && actual.data)) {
    const retry = () => {
      void everything.refetch();
      void actual.refetch();
    };
    return <ErrorState error={error} retry={retry} />;
  }
  if (!everything.data || !actual.data) return <LoadingRows height={56} />;
  if (step === 0) return <CloseWho closing={closing} all={everything.data} />;
  if (step === 1) return <CloseWhen closing={closing} all={everything.data} />;
  return <CloseConfirm closing={closing} actual={actual.data} round={round} />;
}

function StepNames({ step, goTo }: { step: number; goTo: (next: number) => void }) {
  const { t } = useTranslation('close-round');
  return (
    <Stepper active={step} onStepClick={goTo} size="sm" wrap={false} aria-label={t('steps')}>
      {STEPS.map((name, index) => (
        <Stepper.Step
          key={name}
          aria-current={index === step ? 'step' : undefined}
          label={
            // on a telephone only the step at hand is named
            <>
              <Text span inherit visibleFrom={index === step ? undefined : 'sm'}>
                {t(`step.${name}`)}
              </Text>
              {index !== step && (
                <Text span inherit hiddenFrom="sm">
                  <VisuallyHidden>{t(`step.${name}`)}</VisuallyHidden>
                </Text>
              )}
            </>
          }
        />
      ))}
    </Stepper>
  );
}

function Steps({ round }: { round: Round }) {
  const { t } = useTranslation('close-round');
  const [step, setStep] = useState(0);
  const closing = useClosing(round);
  const { form, draft } = closing;
  const goTo = (next: number) => {
    if (form.validate().hasErrors) return setStep(0);
    setStep(next);
    document.getElementById('page-title')?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <Stack>
      <DraftNote
        restored={draft.restored}
        discard={() => {
          form.reset();
          draft.forget();
        }}
      />
      <StepNames step={step} goTo={goTo} />
      <Content closing={closing} step={step} round={round} />
      {step < STEPS.length - 1 && (
        <Group
          justify="flex-end"
          pos="sticky"
          bottom={0}
          py="sm"
          bg="var(--mantine-color-body)"
          style={{ zIndex: 5, borderTop: '1px solid var(--mantine-color-default-border)' }}
        >
          {step > 0 && (
            <Button variant="default" onClick={() => goTo(step - 1)}>
              {t('back', { ns: 'common' })}
            </Button>
          )}
          <Button onClick={() => goTo(step + 1)} disabled={!closing.actual.data}>
            {t('next', { ns: 'common' })}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

/** Who gets what and when after a round, seen and decided before it is closed. */
export function CloseRoundPage() {
  const { t } = useTranslation('close-round');
  const { roundId } = route.useParams();
  const { data: round, error, refetch } = useQuery(roundQuery(roundId));
  return (
    <Page
      title={t('title')}
      lead={
        round && (
          <Anchor component={Link} to={`/rounds/${roundId}`}>
            {round.name}
          </Anchor>
        )
      }
    >
      {!round && (error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingRows />)}
      {round?.status === 'closed' && (
        <Alert title={t('closedAlready')}>
          <Anchor component={Link} to={`/rounds/${roundId}`}>
            {t('seeProgress')}
          </Anchor>
        </Alert>
      )}
      {round && round.status !== 'closed' && <Steps round={round} />}
    </Page>
  );
}
