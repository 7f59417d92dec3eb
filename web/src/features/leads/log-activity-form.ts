import { useForm, type UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Moment } from '../../components/moment-field';
import { instantOf, today } from '../../lib/format';
import type { Lead } from './lead-queries';
import type { ActivityBody } from './log-activity';

export const ACTIVITY_KINDS = ['call', 'meeting', 'visit', 'email', 'note'] as const;

export interface LogForm extends Record<string, unknown> {
  kind: ActivityBody['kind'];
  when: 'now' | 'other';
  happened: Moment;
  contactId: string | null;
  subject: string;
  outcome: string;
  body: string;
  nextAction: string;
  next: Moment;
}

export type LogFormReturn = UseFormReturnType<LogForm>;

export const emptyLog = (lead: Lead): LogForm => ({
  kind: 'call',
  when: 'now',
  happened: { day: today(), time: '09:00' },
  contactId: lead.primaryContact?.id ?? null,
  subject: '',
  outcome: '',
  body: '',
  nextAction: '',
  next: { day: null, time: '09:00' },
});

export function useLogForm(lead: Lead): LogFormReturn {
  const { t } = useTranslation('lead');
  return useForm<LogForm>({
    initialValues: emptyLog(lead),
    validate: {
      subject: (value) => (value.trim() ? null : t('log.missing.subject')),
      happened: ({ day, time }, { when }) => (when === 'now' || (day && time) ? null : t('log.missing.when')),
      nextAction: (value, { next }) => (next.day && !value.trim() ? t('log.missing.nextAction') : null),
      next: ({ day, time }, { nextAction }) =>
        nextAction.trim() && !(day && time) ? t('log.missing.next') : null,
    },
  });
}

/** What was left empty is not sent: the lead keeps the next action that it has. */
export function toActivityBody(values: LogForm): ActivityBody {
  const { kind, when, happened, contactId, next } = values;
  const [subject, outcome, body, nextAction] = [
    values.subject.trim(),
    values.outcome.trim(),
    values.body.trim(),
    values.nextAction.trim(),
  ];
  return {
    kind,
    subject,
    ...(when === 'other' && happened.day && { happenedAt: instantOf(happened.day, happened.time) }),
    ...(contactId && { contactId }),
    ...(outcome && { outcome }),
    ...(body && { body }),
    ...(nextAction && next.day && { nextAction, nextActionAt: instantOf(next.day, next.time) }),
  };
}
