import { IsBoolean, IsIn, IsOptional, IsUUID } from 'class-validator';
import { CommaList, IsPhone, Line, MayBeAbsent, QueryFlag, Text } from '../../platform/http/fields.js';
import { PageQuery, type Page } from '../../platform/http/pages.js';
import { LANGUAGES, type Language } from '../../platform/i18n/i18n.js';
import {
  CONSENT_ACTIONS,
  CONSENT_CHANNELS,
  CONSENT_PURPOSES,
  type ConsentAction,
  type ConsentChannel,
  type ConsentPurpose,
  type ConsentState,
} from './consent.entity.js';
import type { EmailState } from './contact.entity.js';
import { Email, OptionalLine } from './directory.fields.js';

class ContactFields {
  /** Position in the firm, at most 200 characters. @example "Giám đốc dự án" */
  @OptionalLine(200)
  title?: string | null;

  /** Stored in small letters; one firm has it once. A new address starts as not bounced. */
  @IsOptional()
  @Email()
  email?: string | null;

  /** National numbers are read as Vietnamese; stored as E.164. */
  @IsOptional()
  @IsPhone()
  phone?: string | null;

  /** The language in which the person is written to; `vi` when left out. */
  @MayBeAbsent()
  @IsIn(LANGUAGES)
  language?: Language;

  /** The firm's first address; the one before steps back. A firm's first contact is primary by itself. */
  @MayBeAbsent()
  @IsBoolean()
  isPrimary?: boolean;
}

export class CreateFirmContact extends ContactFields {
  /** At most 200 characters. */
  @Line(200)
  fullName: string;
}

export class CreateContact extends CreateFirmContact {
  /** The firm that the person speaks for. */
  @IsUUID()
  firmId: string;
}

export class ChangeContact extends ContactFields {
  /** At most 200 characters. */
  @MayBeAbsent()
  @Line(200)
  fullName?: string;
}

export class ContactsQuery extends PageQuery {
  /** Of these firms. */
  @CommaList({ uuid: true })
  firmId?: string[];

  /** Written to in these languages. */
  @CommaList({ allowed: LANGUAGES })
  language?: Language[];

  /** Exactly this number. */
  @IsOptional()
  @IsPhone()
  phone?: string;

  /** Exactly this address. */
  @IsOptional()
  @Email()
  email?: string;

  /** Only what the demo made up, or only what is real. */
  @QueryFlag()
  sample?: boolean;
}

export class ContactAnswer {
  id: string;
  firm: { id: string; name: string };
  fullName: string;
  title: string | null;
  email: string | null;
  /** E.164 */
  phone: string | null;
  language: Language;
  isPrimary: boolean;
  /** `bounced`: the last message came back for good. */
  emailState: EmailState;
  bouncedAt: string | null;
  /** Since when the person asked that the data not be used: nothing but mails about that goes out. */
  restrictedAt: string | null;
  /**
   * May promotion mail be sent? `none`: the person was never asked, which is no consent. `withdrawn` also when somebody
   * else with the same address refused, until this person agrees anew.
   */
  consent: ConsentState;
  /** Made up for the demo. */
  sample: boolean;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export class ContactPage implements Page<ContactAnswer> {
  items: ContactAnswer[];
  nextCursor: string | null;
  /** Exact up to 10,000; with `q` and no `sort` at most 500 contacts are ranked. */
  total: number;
  totalIsEstimate?: true;
}

export class RecordConsent {
  /** `promotion_mail`: invitations and follow-ups. */
  @IsIn(CONSENT_PURPOSES)
  purpose: ConsentPurpose;

  @IsIn(CONSENT_ACTIONS)
  action: ConsentAction;

  /** How it reached us. */
  @IsIn(CONSENT_CHANNELS)
  channel: ConsentChannel;

  /** How it can be proven, at most 2,000 characters; required when an officer or a file says that it was given. */
  @IsOptional()
  @Text(2000)
  evidence?: string | null;
}

export class ConsentAnswer {
  id: string;
  purpose: ConsentPurpose;
  action: ConsentAction;
  channel: ConsentChannel;
  evidence: string | null;
  recordedAt: string;
  /** The account that recorded it; null when the person did it. */
  recordedBy: { id: string; name: string | null } | null;
}

export class ConsentLedger {
  /** What holds now; also withdrawn when another contact with the same address refused, until this person agrees anew. */
  current: ConsentState;
  /** Newest first. */
  items: ConsentAnswer[];
}
