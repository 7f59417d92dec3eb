import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import type { MailInvitation } from '../../platform/mail/mailer.js';

export interface InvitedPerson {
  name: string;
  email: string;
}

/** One state of an appointment, as calendars are told of it. Texts are one line, or lines for `description`. */
export interface Invitation {
  uid: string;
  /** Rises with each change. */
  sequence: number;
  /** When this state was written. */
  stamp: Date;
  startsAt: Date;
  endsAt: Date;
  summary: string;
  description: string;
  location: string | null;
  url: string;
  cancelled: boolean;
  /** The agency: its address is the sender's, as mail programs expect of an organizer. */
  organizer: InvitedPerson;
  /** The investor, who is asked; null when there is no address. */
  guest: InvitedPerson | null;
  /** The officer, who has accepted. */
  host: InvitedPerson;
}

/** RFC 5545 and 5546: times in UTC, so that no reader needs our zone. */
export function invitationOf(invitation: Invitation): MailInvitation {
  const method = invitation.cancelled ? 'CANCEL' : 'REQUEST';
  const calendar = ical({
    prodId: { company: 'Dong Hanh', product: 'Dong Hanh' },
    method: ICalCalendarMethod[method],
  });
  const { uid, sequence, stamp, startsAt, endsAt, summary, description, location, url } = invitation;
  const event = calendar.createEvent({
    id: uid,
    sequence,
    stamp,
    start: startsAt,
    end: endsAt,
    summary,
    description: { plain: description },
    location: location ?? undefined,
    url,
    status: invitation.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.OPAQUE,
    organizer: { name: param(invitation.organizer.name), email: invitation.organizer.email },
  });
  if (invitation.guest)
    event.createAttendee({
      ...person(invitation.guest),
      rsvp: true,
      role: ICalAttendeeRole.REQ,
      status: ICalAttendeeStatus.NEEDSACTION,
    });
  event.createAttendee({
    ...person(invitation.host),
    rsvp: false,
    role: ICalAttendeeRole.REQ,
    status: ICalAttendeeStatus.ACCEPTED,
  });
  return { method, content: calendar.toString() };
}

function person({ name, email }: InvitedPerson): InvitedPerson {
  return { name: param(name), email };
}

/** A parameter's value has no way to write a quotation mark (RFC 5545, 3.2). */
function param(value: string): string {
  return value
    .replace(/["\p{Cc}]/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}
