import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Config } from '../../platform/config/config.js';
import { translate, type Language } from '../../platform/i18n/i18n.js';
import type { MailInvitation } from '../../platform/mail/mailer.js';
import { oneLine, withoutAddresses } from '../messaging/letters/escape.rules.js';
import { parseMailbox } from '../messaging/mail-headers.rules.js';
import type { MessageDraft } from '../messaging/message-draft.rules.js';
import { MessagesService } from '../messaging/messages.service.js';
import { invitationOf } from './invitation.rules.js';
import { placeOf, type MeetingRow } from './meeting-rows.js';

export type MeetingNews = 'confirmed' | 'moved' | 'cancelled';

const OFFICER_TEMPLATE: Record<MeetingNews, string> = {
  confirmed: 'officer-meeting-booked',
  moved: 'officer-meeting-moved',
  cancelled: 'officer-meeting-cancelled',
};

const NAME = 200;

/** What is written to the investor and the officer of a meeting, each with the same calendar entry. */
@Injectable()
export class MeetingLetters {
  constructor(
    private readonly messages: MessagesService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async tell(meeting: MeetingRow, news: MeetingNews): Promise<void> {
    await this.messages.create([
      ...this.toInvestor(meeting, `meeting-${news}`, news === 'cancelled'),
      this.toOfficer(meeting, news),
    ]);
  }

  /** The officer who gave it to a colleague: gone from one calendar, and nobody else's business. */
  async tellFormerOfficer(meeting: MeetingRow): Promise<void> {
    await this.messages.create([this.toOfficer(meeting, 'cancelled')]);
  }

  async tellOfficer(meeting: MeetingRow, news: MeetingNews): Promise<void> {
    await this.messages.create([this.toOfficer(meeting, news)]);
  }

  /** Twice for the same agreement is once. */
  async remind(meeting: MeetingRow): Promise<void> {
    await this.messages.create(this.toInvestor(meeting, 'meeting-reminder', false, false));
  }

  /** For who reads mail where invitations are not understood. */
  calendarFile(meeting: MeetingRow): string {
    return this.invitation(meeting, 'investor', meeting.status === 'cancelled').content;
  }

  private toInvestor(
    meeting: MeetingRow,
    templateCode: string,
    cancelled: boolean,
    invites = true,
  ): MessageDraft[] {
    if (!meeting.contactId || !meeting.contactEmail) return [];
    return [
      {
        dedupeKey: `${templateCode}:${meeting.id}:${meeting.icsSequence}`,
        templateCode,
        contactId: meeting.contactId,
        leadId: meeting.leadId,
        officerId: meeting.officerId,
        facts: factsOf(meeting),
        ...(invites && { invitation: this.invitation(meeting, 'investor', cancelled) }),
      },
    ];
  }

  private toOfficer(meeting: MeetingRow, news: MeetingNews): MessageDraft {
    const templateCode = OFFICER_TEMPLATE[news];
    return {
      dedupeKey: `${templateCode}:${meeting.id}:${meeting.icsSequence}:${meeting.officerId}`,
      templateCode,
      userId: meeting.officerId,
      contactId: meeting.contactId ?? undefined,
      leadId: meeting.leadId,
      facts: factsOf(meeting),
      invitation: this.invitation(meeting, 'officer', news === 'cancelled'),
    };
  }

  private invitation(
    meeting: MeetingRow,
    reader: 'investor' | 'officer',
    cancelled: boolean,
  ): MailInvitation {
    const language = reader === 'officer' ? meeting.officerLanguage : meeting.language;
    const from = parseMailbox(this.config.mailFrom);
    const officer = { name: oneLine(meeting.officerName, NAME), email: meeting.officerEmail };
    const firm = oneLine(withoutAddresses(meeting.firmName), NAME);
    const agency = oneLine(from.name || from.address, NAME);
    const place = placeOf(meeting);
    const kind = translate(language, `messaging:meeting_${meeting.kind}`);
    return invitationOf({
      uid: meeting.icsUid,
      sequence: meeting.icsSequence,
      stamp: this.clock.now(),
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
      summary: translate(language, 'meetings:summary', { kind, firm, agency }),
      description: this.description(meeting, language, { firm, officer: officer.name }),
      location: place && oneLine(place, 2 * NAME),
      url: `${this.config.appUrl}${reader === 'officer' ? `/app/leads/${meeting.leadId}` : sitePath(meeting)}`,
      cancelled,
      organizer: { name: agency, email: from.address },
      guest:
        meeting.contactEmail === null
          ? null
          : {
              name: oneLine(withoutAddresses(meeting.contactName ?? ''), NAME),
              email: meeting.contactEmail,
            },
      host: officer,
    });
  }

  private description(
    { note, leadReference }: MeetingRow,
    language: Language,
    names: { firm: string; officer: string },
  ): string {
    const lines = [translate(language, 'meetings:description', { ...names, reference: leadReference })];
    if (note) lines.push(translate(language, 'meetings:note', { note: withoutAddresses(note) }));
    return lines.join('\n');
  }
}

/** The public page of the cluster, or of all of them: a calendar may be shared, so it holds no personal link. */
function sitePath({ language, clusterCode }: MeetingRow): string {
  const site = language === 'vi' ? '' : `/${language}`;
  return clusterCode ? `${site}/clusters/${encodeURIComponent(clusterCode)}` : site || '/';
}

function factsOf(meeting: MeetingRow): MessageDraft['facts'] {
  const { kind, startsAt, endsAt, note, cancelReason } = meeting;
  return { meeting: { kind, startsAt, endsAt, place: placeOf(meeting), note, reason: cancelReason } };
}
