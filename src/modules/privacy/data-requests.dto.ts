import { IsBoolean, IsEmail, IsIn, IsOptional, IsUUID, MaxLength } from 'class-validator';
import {
  CommaList,
  Group,
  IsInstant,
  IsPhone,
  Line,
  MayBeAbsent,
  NamedRef,
  Text,
} from '../../platform/http/fields.js';
import { PageQuery, type Page } from '../../platform/http/pages.js';
import {
  DATA_REQUEST_CHANNELS,
  DATA_REQUEST_KINDS,
  DATA_REQUEST_STATUSES,
  type DataRequestChannel,
  type DataRequestKind,
  type DataRequestStatus,
} from './data-request.entity.js';

/** What should stand in the place of what stands there; what is left out stays. */
export class CorrectionFields {
  /** At most 200 characters. */
  @MayBeAbsent()
  @Line(200)
  fullName?: string;

  /** Position in the firm, at most 200 characters; null for none. */
  @IsOptional()
  @Line(200)
  title?: string | null;

  /** Null for none. */
  @IsOptional()
  @IsEmail()
  @MaxLength(254)
  email?: string | null;

  /** National numbers are read as Vietnamese; null for none. */
  @IsOptional()
  @IsPhone()
  phone?: string | null;
}

export class RaiseDataRequest {
  /** Whose data. */
  @IsUUID()
  contactId: string;

  @IsIn(DATA_REQUEST_KINDS)
  kind: DataRequestKind;

  /** How it came. */
  @IsIn(DATA_REQUEST_CHANNELS.filter((channel) => channel !== 'case_page'))
  channel: DataRequestChannel;

  /** In the person's own words, at most 2,000 characters. */
  @IsOptional()
  @Text(2000)
  text?: string | null;

  /** Of `correct`: what it should be. */
  @IsOptional()
  @Group(() => CorrectionFields)
  correction?: CorrectionFields | null;

  /** When it came, if not now: the clocks run from then. */
  @MayBeAbsent()
  @IsInstant()
  receivedAt?: string;
}

export class RaisedDataRequest {
  id: string;
  /** To quote. @example "DL-2026-000012" */
  reference: string;
  /** One of this kind was open: it was joined, its clocks go on. */
  joined: boolean;
}

export class DataRequestReason {
  /** Told to the person, at most 1,000 characters. */
  @Text(1000)
  reason: string;
}

export class CarryOutDataRequest {
  /** Of `erase`: the person's name, typed. */
  @MayBeAbsent()
  @Line(200)
  name?: string;

  /** Of `erase`: no last letter is sent. */
  @MayBeAbsent()
  @IsBoolean()
  withoutLetter?: boolean;

  /** Of `correct`: in the place of what the request says. */
  @IsOptional()
  @Group(() => CorrectionFields)
  correction?: CorrectionFields;
}

export class DataRequestsQuery extends PageQuery {
  @CommaList({ allowed: DATA_REQUEST_STATUSES })
  status?: DataRequestStatus[];

  @CommaList({ allowed: DATA_REQUEST_KINDS })
  kind?: DataRequestKind[];

  /** Of these people. */
  @CommaList({ uuid: true })
  contactId?: string[];

  /** `open`: not yet closed. `overdue`: open, and one of its clocks has run out. */
  @IsOptional()
  @IsIn(['open', 'overdue'])
  due?: 'open' | 'overdue';
}

export class DataRequestClock {
  dueAt: string;
  /** Null while it is not done. */
  doneAt: string | null;
  /** Whole days, working or not, from today's local day to that of `dueAt`; negative when it is past. */
  daysLeft: number;
  /** `waiting`: there is time. `overdue`: not done, and late. `in_time`, `late`: done. */
  state: 'waiting' | 'overdue' | 'in_time' | 'late';
}

export class DataRequestAnswer {
  id: string;
  reference: string;
  kind: DataRequestKind;
  status: DataRequestStatus;
  channel: DataRequestChannel;
  /** In the person's own words. */
  text: string | null;
  /** Of `correct`: what it should be. */
  correction: CorrectionFields | null;
  /** Whose data; the name says that it is erased once it is. */
  contact: {
    id: string;
    name: string;
    email: string | null;
    phone: string | null;
    title: string | null;
    /** Since when nothing but mails about requests may go to this person. */
    restrictedAt: string | null;
    erasedAt: string | null;
  };
  firm: NamedRef;
  /** Somebody tells the person that it came: 2 working days. */
  acknowledge: DataRequestClock;
  /** It is carried out or refused: 10, 15 or 20 days, once as many more. */
  carryOut: DataRequestClock;
  receivedAt: string;
  extendedAt: string | null;
  extensionReason: string | null;
  decisionReason: string | null;
  closedAt: string | null;
  /** Of `restrict`: since when it holds no longer. */
  liftedAt: string | null;
  handledBy: NamedRef | null;
  /** Leads of the firm in licensing or later whose first contact this is: the agency may need the person's name for them. */
  binding: { id: string; reference: string; stage: string }[];
  version: number;
}

export class DataRequestPage implements Page<DataRequestAnswer> {
  items: DataRequestAnswer[];
  nextCursor: string | null;
  total: number;
  totalIsEstimate?: true;
}
