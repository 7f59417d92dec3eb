import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { Line, MayBeAbsent, Text } from '../../platform/http/fields.js';
import type { Language } from '../../platform/i18n/i18n.js';
import type { Channel } from '../follow-up/sequence.rules.js';
import { RoundAnswer, RoundRef } from './rounds.dto.js';

/** Without a step: the lead is left out altogether. */
export class ExceptField {
  /** A lead that took part in the round. */
  @IsUUID()
  leadId: string;

  /** Key of a step of the plan. @example "thank-you" */
  @IsOptional()
  @Line(100)
  stepKey?: string | null;

  /** A step of the plan, instead of its key. */
  @IsOptional()
  @IsUUID()
  stepId?: string | null;
}

export class CloseRound {
  /** What came of it; at most 10,000 characters. */
  @IsOptional()
  @Text(10_000)
  outcome?: string | null;

  /** Left out: the round's own, or the default plan. */
  @IsOptional()
  @IsUUID()
  followUpPlanId?: string | null;

  /** Only says what would happen. */
  @MayBeAbsent()
  @IsBoolean()
  dryRun?: boolean;

  /**
   * Leads that get no follow-up after this round, or not every step; at most 2,000. The list replaces the one on record,
   * which survives reopening, late participants and changed plans; left out: the one on record stays. Empty: nobody.
   * What was sent or lies before a person stays as it is. A step left out has the state `skipped`, reason `left_out`.
   */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(2000)
  @ValidateNested({ each: true })
  @Type(() => ExceptField)
  except?: ExceptField[];
}

export class SkippedLead {
  leadId: string;
  /** A code. @example "consent_withdrawn" */
  reason: string;
}

export class RemindersOutcome {
  /** Reminders that were not there before. */
  created: number;
  /** Reminders that were there already. */
  kept: number;
  /** Each lead and reason once: the whole lead, or some of its steps. */
  skipped: SkippedLead[];
}

export class PreviewLine {
  leadId: string;
  stepId: string;
  channel: Channel;
  dueAt: string;
  /** What would keep it from going out if it were due now. */
  willSkip: 'no_consent' | null;
  /** The same step in every version of the plan. @example "thank-you" */
  stepKey: string;
  titleVi: string;
  titleEn: string;
  /** Of the lead. @example "CH-2026-000123" */
  reference: string;
  firm: RoundRef;
  /** The letter to the investor, or the notice to the officer; null without one. */
  template: LetterRef | null;
  /** Of an e-mail to the investor: who gets it. */
  recipient: RoundRef | null;
  /** Of an e-mail to the investor: what it would be written in. */
  language: Language | null;
  /** Who would do it, or for an e-mail in whose name it would go out, as of now; null: nobody yet. */
  owner: RoundRef | null;
}

export class LetterRef {
  id: string;
  nameVi: string;
  nameEn: string;
}

export class PreviewLead {
  leadId: string;
  reference: string;
  firm: RoundRef;
  owner: RoundRef | null;
  /** Codes; empty when all of it is done already. @example ["left_out"] */
  reasons: string[];
}

export class LeftOutAnswer {
  leadId: string;
  /** Null: every step. */
  stepKey: string | null;
}

export class CloseAnswer {
  round: RoundAnswer;
  reminders: RemindersOutcome;
  /**
   * With `dryRun`: every reminder that would wait afterwards, lead by lead. Empty otherwise. It is not paged: 2,000 leads
   * and six steps are 12,000 lines, about 6 MB.
   */
  preview: PreviewLine[];
  /** With `dryRun`: the leads for which nothing would wait, and why. Empty otherwise. */
  without: PreviewLead[];
  /** Who is left out: of the request, or on record. */
  except: LeftOutAnswer[];
}

export class ReopenAnswer {
  round: RoundAnswer;
  reminders: ReopenedReminders;
}

export class ReopenedReminders {
  /** Unsent reminders that wait until the round is closed anew. */
  cancelled: number;
}
