import { Anchor, Badge, Group, Text, Timeline, type TimelineItemProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatHour, formatTime } from '../../lib/format';
import type { Activity, Message, TimelineEntry } from './lead-queries';
import { colorOf, iconOf } from './timeline-icons';

interface EntryProps extends Omit<TimelineItemProps, 'title'> {
  entry: TimelineEntry;
  activities: ReadonlyMap<string, Activity>;
  mails: ReadonlyMap<string, Message>;
}

/** One line of the story: what, by whom, when, and what is on record of it. */
export function StoryEntry({ entry, activities, mails, ...line }: EntryProps) {
  const { t } = useTranslation('lead');
  const Symbol = iconOf(entry);
  const coming = entry.id.startsWith('pending');
  return (
    <Timeline.Item
      // what the line around it says of this entry
      {...line}
      role="listitem"
      bullet={<Symbol size={15} aria-hidden />}
      color={colorOf(entry)}
      opacity={coming ? 0.6 : undefined}
      title={
        <Text fw={600} lh={1.35} style={{ overflowWrap: 'anywhere' }}>
          {entry.text}
        </Text>
      }
    >
      <Text size="sm" c="dimmed">
        {t(`about.${entry.about}`)} · {coming ? t('timeline.saving') : formatHour(entry.at)} ·{' '}
        <Who actor={entry.actor} />
      </Text>
      {entry.about === 'activity' && (
        <ActivityWords entry={entry} activity={activities.get(entry.ref?.id ?? '')} />
      )}
      {entry.ref?.type === 'inbound_mail' && <IncomingWords entry={entry} />}
      {entry.ref?.type === 'message' && <MailWords entry={entry} mail={mails.get(entry.ref.id)} />}
      {(entry.about === 'stage' || entry.about === 'task' || entry.about === 'answer') && (
        <RecordedWords data={entry.data} />
      )}
      {entry.kind === 'details_changed' && <ChangedFields data={entry.data} />}
    </Timeline.Item>
  );
}

function Who({ actor }: Pick<TimelineEntry, 'actor'>) {
  const { t } = useTranslation('lead');
  if (actor.kind === 'system') return t('timeline.system');
  return actor.kind === 'investor' ? t('timeline.investor', { name: actor.name }) : actor.name;
}

function Line({ name, children }: { name?: string; children: ReactNode }) {
  return (
    <Text size="sm" mt={2} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
      {name && (
        <Text span inherit c="dimmed">
          {name}:{' '}
        </Text>
      )}
      {children}
    </Text>
  );
}

const text = (value: unknown): string | null => (typeof value === 'string' && value ? value : null);

function ActivityWords({ entry, activity }: { entry: TimelineEntry; activity: Activity | undefined }) {
  const { t } = useTranslation('lead');
  const outcome = text(entry.data.outcome);
  const happenedAt = text(entry.data.happenedAt);
  return (
    <>
      {entry.kind === 'activity_booked' && happenedAt && (
        <Line name={t('timeline.bookedFor')}>{formatTime(happenedAt)}</Line>
      )}
      {activity?.contact && <Line name={t('timeline.with')}>{activity.contact.name}</Line>}
      {outcome && <Line name={t('log.outcome')}>{outcome}</Line>}
      {activity?.body && <Line>{activity.body}</Line>}
    </>
  );
}

/** What an investor wrote, and the way to the whole of it. */
function IncomingWords({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation('lead');
  const words = text(entry.data.text);
  return (
    <>
      {entry.data.otherAddress === true && <Line>{t('timeline.otherAddress')}</Line>}
      {words && <Line>{words}</Line>}
      <Anchor component={Link} to={`/inbox/${entry.ref!.id}`} size="sm">
        {t('timeline.openMail')}
      </Anchor>
    </>
  );
}

/** The proof of a mail, and the way to the mail itself. */
function MailWords({ entry, mail }: { entry: TimelineEntry; mail: Message | undefined }) {
  const { t } = useTranslation(['lead', 'messages']);
  if (!mail) return null;
  const { sentAt, toAddress, answer } = mail;
  const said = answer && t(`answer.${answer.answer}`, { ns: 'common' });
  return (
    <>
      {entry.about === 'mail' && (
        <Line>
          {sentAt
            ? t('timeline.mailSent', { time: formatTime(sentAt), address: toAddress })
            : t('timeline.mailTo', { address: toAddress })}
        </Line>
      )}
      <Group gap="xs" mt={4}>
        <Badge variant="light" size="sm" tt="none" color={mail.status === 'sent' ? 'pine' : 'gray'}>
          {t(`status.${mail.status}`, { ns: 'messages' })}
        </Badge>
        {answer ? (
          <Badge variant="light" size="sm" tt="none" color="blue">
            {t('timeline.answered', { answer: said, day: formatDay(answer.at) })}
          </Badge>
        ) : (
          mail.status === 'sent' && (
            <Text size="xs" c="dimmed">
              {t('timeline.notAnswered')}
            </Text>
          )
        )}
        <Anchor component={Link} to={`/messages/${mail.id}`} size="sm">
          {t('timeline.openMail')}
        </Anchor>
      </Group>
    </>
  );
}

interface Paper {
  kind?: string;
  number?: string;
  date?: string;
  issuedBy?: string;
  url?: string;
}

/** Notes, evidence and outcomes that came with a stage, a task or an answer. */
function RecordedWords({ data }: Pick<TimelineEntry, 'data'>) {
  const { t } = useTranslation(['lead', 'stage-move']);
  const note = text(data.note);
  const day = text(data.on);
  const until = text(data.until);
  const outcome = text(data.outcome);
  const paper = data.evidence as Paper | null | undefined;
  return (
    <>
      {day && <Line name={t('timeline.on')}>{formatDay(day)}</Line>}
      {outcome && (
        <Line name={t('log.outcome')}>{t(`outcomes.${outcome}`, { defaultValue: t('outcomes.other') })}</Line>
      )}
      {until && <Line name={t('timeline.until')}>{formatDay(until)}</Line>}
      {note && <Line name={t('timeline.note')}>{note}</Line>}
      {paper?.number && (
        <Line name={t('timeline.evidence')}>
          {t(`evidence.kinds.${paper.kind}`, { ns: 'stage-move' })}{' '}
          {paper.url ? (
            <Anchor href={paper.url} target="_blank" rel="noreferrer" inherit>
              {paper.number}
            </Anchor>
          ) : (
            paper.number
          )}
          {paper.date && `, ${formatDay(paper.date)}`}
          {paper.issuedBy && `, ${paper.issuedBy}`}
        </Line>
      )}
    </>
  );
}

function ChangedFields({ data }: Pick<TimelineEntry, 'data'>) {
  const { t } = useTranslation('lead');
  const fields = (text(data.fields) ?? '').split(', ').filter(Boolean);
  const names = fields.map((field) => t(`fieldNames.${field}`, { defaultValue: '' })).filter(Boolean);
  return names.length > 0 ? <Line name={t('timeline.changed')}>{names.join(', ')}</Line> : null;
}
