import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { Group, IsPhone, Line, MayBeAbsent, Text } from '../../platform/http/fields.js';
import { LANGUAGES, type Language } from '../../platform/i18n/i18n.js';
import type { MatchReason } from '../directory/matching.queries.js';
import { LEAD_KINDS, type LeadKind } from '../leads/pipelines/pipeline.entity.js';
import { RemindersOutcome } from './closing.dto.js';
import { PARTICIPATION_STATUSES, type ParticipationStatus } from './participation.entity.js';
import { COLUMN_CHOICES, type Column, type ColumnChoice } from './pasted-columns.rules.js';
import { MAX_LINES } from './pasted-list.rules.js';
import { RoundRef } from './rounds.dto.js';

export class RecognisePasted {
  /**
   * As copied from a spreadsheet or a mail: one firm a line, the columns parted by tabs, semicolons or commas, with or
   * without a line of headings. At most 500 lines and 200,000 characters.
   */
  @IsString()
  @MaxLength(200_000)
  @Matches(/\S/, { message: 'required' })
  text: string;

  /** What each column holds, in order, instead of what is found out; `none`: not used. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(40)
  @IsIn(COLUMN_CHOICES, { each: true })
  columns?: ColumnChoice[];
}

export class PastedFieldsAnswer {
  firmName: string | null;
  /** In its normal form; as it was written when it is none. */
  taxCode: string | null;
  /** Without Mr., Ms. */
  contactName: string | null;
  title: string | null;
  /** E.164; as it was written when it is no number. */
  phone: string | null;
  email: string | null;
  note: string | null;
}

export class FirmCandidate {
  id: string;
  name: string;
  taxCode: string | null;
  /** Why it may be the same. */
  reasons: MatchReason[];
  /** Of the names, 0 to 1; null: the line has none. */
  similarity: number | null;
}

export class PastedProblemAnswer {
  /** Null: of the line as a whole. */
  field: Column | null;
  /** @example "invalid_phone" */
  code: string;
  /** In the caller's language. */
  message: string;
}

export const LINE_STATUSES = ['matched', 'new', 'ambiguous', 'invalid'] as const;
export type LineStatus = (typeof LINE_STATUSES)[number];

export class RecognisedLine {
  /** In the text, from 1. */
  line: number;
  /**
   * `matched`: one known firm, by tax code, e-mail, telephone or exact name; `new`: none is like it; `ambiguous`: a
   * person must choose from `candidates` or say that it is new; `invalid`: `problems` must be put right first.
   */
  status: LineStatus;
  /** What the line says. */
  fields: PastedFieldsAnswer;
  /** The known firm, if it is certain. */
  firm: RoundRef | null;
  /** The known person of that firm. */
  contact: RoundRef | null;
  /** Whether the firm takes part in the round already. */
  takesPart: boolean;
  /** Known firms that it may be, the likeliest first. */
  candidates: FirmCandidate[];
  problems: PastedProblemAnswer[];
}

export class RecognisedCounts {
  matched: number;
  new: number;
  ambiguous: number;
  invalid: number;
}

export class RecognisedList {
  separator: 'tab' | 'semicolon' | 'comma';
  hasHeader: boolean;
  /** What each column was taken for, in order; `none`: not used. */
  columns: ColumnChoice[];
  counts: RecognisedCounts;
  lines: RecognisedLine[];
}

export class PastedFirm {
  /** At most 300 characters. */
  @Line(300)
  name: string;

  /** 10 digits, 10-3 for a branch, or a household's 12. */
  @IsOptional()
  @Line(40)
  taxCode?: string | null;

  @IsOptional()
  @Line(254)
  email?: string | null;

  @IsOptional()
  @IsPhone()
  phone?: string | null;
}

export class PastedContact {
  @Line(200)
  fullName: string;

  @IsOptional()
  @Line(200)
  title?: string | null;

  @IsOptional()
  @Line(254)
  email?: string | null;

  @IsOptional()
  @IsPhone()
  phone?: string | null;

  /** `vi` when left out. */
  @MayBeAbsent()
  @IsIn(LANGUAGES)
  language?: Language;
}

/** One line as decided: a known firm by `firmId` or a new one, and with it a known person, a new one or none. */
export class BulkItem {
  @IsOptional()
  @IsUUID()
  firmId?: string | null;

  /** A firm to be made. One with the same tax code, or without one with the same name, is taken instead. */
  @IsOptional()
  @Group(() => PastedFirm)
  firm?: PastedFirm | null;

  @IsOptional()
  @IsUUID()
  contactId?: string | null;

  /** A person to be made, without any consent to be written to; one that the firm has already is taken instead. */
  @IsOptional()
  @Group(() => PastedContact)
  contact?: PastedContact | null;

  /** Left out: that of the list. */
  @IsOptional()
  @IsIn(PARTICIPATION_STATUSES)
  status?: ParticipationStatus | null;

  /** At most 4,000 characters. */
  @IsOptional()
  @Text(4000)
  note?: string | null;
}

export class AddPasted {
  /** 1 to 500: all of them or none. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => BulkItem)
  items: BulkItem[];

  /** An event of this round; left out: the round as a whole. */
  @IsOptional()
  @IsUUID()
  eventId?: string | null;

  /** Left out: invited. */
  @MayBeAbsent()
  @IsIn(PARTICIPATION_STATUSES)
  status?: ParticipationStatus;

  /** As what the firms are interested; left out: secondary. */
  @MayBeAbsent()
  @IsIn(LEAD_KINDS)
  leadKind?: LeadKind;

  /** Only says what would happen. */
  @MayBeAbsent()
  @IsBoolean()
  dryRun?: boolean;
}

export class AddedPasted {
  /** Firms that were not there before. */
  firmsCreated: number;
  contactsCreated: number;
  /** Participations that were not there before. */
  created: number;
  /** Were there already and have been brought up to date. */
  updated: number;
  /** Leads made or joined. */
  leads: number;
  /** Of a round that is closed already: what the late participants got. */
  reminders: RemindersOutcome | null;
  dryRun: boolean;
}
