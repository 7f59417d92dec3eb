import { Badge, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { When } from '../../components/when';
import { formatDay, formatNumber } from '../../lib/format';
import { formatMoment, formatSpan } from '../../lib/moments';
import { useMay, useMe } from '../../lib/session';
import { DeskRow, Late } from './desk-row';
import { DeskSection } from './desk-section';
import type { Asking } from './today-dialogs';
import type { Answer, Enquiry, Mail, Neglected, Today } from './today-queries';

interface ListProps {
  today: Today;
  ask: (asking: Asking) => void;
}

/** Whether the signed-in person may work on a lead of this owner, as far as the page knows. */
function useMayWork(): (owner: { id: string } | null) => boolean {
  const me = useMe();
  const any = useMay('lead.write_any');
  return (owner) => any || owner?.id === me.id;
}

const full = { flex: { base: 1, sm: 'none' }, size: 'sm' } as const;

function OpenLead({ id }: { id: string }) {
  const { t } = useTranslation('today');
  return (
    <Button component={Link} to={`/leads/${id}`} variant="default" {...full}>
      {t('open')}
    </Button>
  );
}

const countOf = ({ items, total }: { items: unknown[]; total: number }) =>
  items.length < total ? `${formatNumber(items.length)}/${formatNumber(total)}` : total;

export function Enquiries({ today: { enquiries }, ask }: ListProps) {
  const { t } = useTranslation('today');
  const mayWork = useMayWork();
  if (enquiries.items.length === 0) return null;
  const late = enquiries.items.some(({ acknowledge, answer }) =>
    [acknowledge.state, answer.state].includes('overdue'),
  );
  return (
    <DeskSection title={t('enquiries.title')} count={countOf(enquiries)} urgent={late}>
      {enquiries.items.map((enquiry) => (
        <DeskRow
          key={enquiry.lead.id}
          id={`enquiry-${enquiry.lead.id}`}
          lead={enquiry.lead}
          firm={enquiry.firm}
          late={enquiry.acknowledge.state === 'overdue' || enquiry.answer.state === 'overdue'}
          why={<Text lineClamp={2}>{enquiry.message ?? t('enquiries.recorded')}</Text>}
          when={<EnquiryClock enquiry={enquiry} />}
          actions={
            mayWork(enquiry.owner) ? (
              <Button {...full} onClick={() => ask({ what: 'contact', leadId: enquiry.lead.id })}>
                {t('contact')}
              </Button>
            ) : (
              <OpenLead id={enquiry.lead.id} />
            )
          }
        />
      ))}
    </DeskSection>
  );
}

/** The nearer of the two clocks that still runs. */
function EnquiryClock({ enquiry: { acknowledge, answer, owner } }: { enquiry: Enquiry }) {
  const { t } = useTranslation('today');
  const name = acknowledge.doneAt ? 'answer' : 'acknowledge';
  const { state, dueAt } = acknowledge.doneAt ? answer : acknowledge;
  return (
    <>
      {state === 'overdue' ? (
        <Late>{t(`enquiries.${name}Late`, { span: formatSpan(dueAt) })}</Late>
      ) : (
        t(`enquiries.${name}Due`, { when: formatMoment(dueAt), span: formatSpan(dueAt) })
      )}
      {` · ${owner ? owner.name : t('nobody')}`}
    </>
  );
}

const WARM = ['interested', 'call_me', 'visit'];

export function Answers({ today: { answers }, ask }: ListProps) {
  const { t } = useTranslation('today');
  const mayWork = useMayWork();
  if (answers.items.length === 0) return null;
  const rows = [...answers.items].sort((a, b) => Number(a.acted) - Number(b.acted));
  return (
    <DeskSection title={t('answers.title')} count={countOf(answers)}>
      {rows.map((answer) => (
        <DeskRow
          key={`${answer.messageId}-${answer.at}`}
          id={`answer-${answer.messageId}-${answer.at}`}
          lead={answer.lead}
          firm={answer.firm}
          why={<AnswerWhy answer={answer} />}
          when={
            <>
              <When at={answer.at} />
              {answer.contact && ` · ${answer.contact.name}`}
              {answer.acted && ` · ${t('answers.acted')}`}
            </>
          }
          actions={
            !answer.acted && mayWork(answer.owner) ? (
              <Button {...full} onClick={() => ask({ what: 'contact', leadId: answer.lead.id })}>
                {t('contact')}
              </Button>
            ) : (
              <OpenLead id={answer.lead.id} />
            )
          }
        />
      ))}
    </DeskSection>
  );
}

function AnswerWhy({ answer: { answer, note, until } }: { answer: Answer }) {
  const { t } = useTranslation('today');
  return (
    <>
      <Group gap="xs" component="span">
        <Badge component="span" variant="light" color={WARM.includes(answer) ? 'pine' : 'gray'} tt="none">
          {t(`answer.${answer}`, { ns: 'common' })}
        </Badge>
        {until && t('answers.until', { day: formatDay(until) })}
      </Group>
      {note && <Text size="sm" lineClamp={3}>{`“${note}”`}</Text>}
    </>
  );
}

export function Mails({ today: { attention } }: { today: Today }) {
  const { t } = useTranslation('today');
  if (attention.items.length === 0) return null;
  return (
    <DeskSection title={t('mails.title')} count={countOf(attention)} urgent>
      {attention.items.map((mail: Mail) => (
        <DeskRow
          key={mail.id}
          id={`mail-${mail.id}`}
          lead={mail.lead}
          firm={mail.firm}
          why={mail.subject}
          when={
            <>
              <Late>{t(`mails.${mail.status}`)}</Late>
              {` · ${mail.toName} · `}
              <When at={mail.createdAt} />
            </>
          }
          actions={
            <Button component={Link} to={`/messages/${mail.id}`} {...full}>
              {t('mails.decide')}
            </Button>
          }
        />
      ))}
    </DeskSection>
  );
}

export function NeglectedLeads({ today: { neglected }, ask }: ListProps) {
  const { t } = useTranslation('today');
  const mayWork = useMayWork();
  if (neglected.items.length === 0) return null;
  return (
    <DeskSection title={t('neglected.title')} count={countOf(neglected)}>
      {neglected.items.map((row: Neglected) => (
        <DeskRow
          key={row.lead.id}
          id={`lead-${row.lead.id}`}
          lead={row.lead}
          firm={row.firm}
          why={row.nextAction ? t('neglected.noTime', { what: row.nextAction }) : t('neglected.nothing')}
          when={
            <>
              {t('neglected.last')} <When at={row.lastActivityAt} /> · {row.owner?.name ?? t('nobody')}
            </>
          }
          actions={
            mayWork(row.owner) ? (
              <Button {...full} variant="light" onClick={() => ask({ what: 'plan', row })}>
                {t('neglected.plan')}
              </Button>
            ) : (
              <OpenLead id={row.lead.id} />
            )
          }
        />
      ))}
    </DeskSection>
  );
}
