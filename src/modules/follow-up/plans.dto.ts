import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { Group, Line, MayBeAbsent, QueryFlag } from '../../platform/http/fields.js';
import type { LeadKind } from '../leads/pipelines/pipeline.entity.js';
import { LEAD_KINDS } from '../leads/pipelines/pipeline.entity.js';
import { MAX_STEPS } from './plan-input.rules.js';
import type { PlanRow, PlanStep } from './plans.queries.js';
import {
  ATTENDANCES,
  CHANNELS,
  OFFSET_UNITS,
  type Attendance,
  type Channel,
  type OffsetUnit,
} from './sequence.rules.js';

export class OffsetField {
  /** 0 to 730. */
  @IsInt()
  @Min(0)
  @Max(730)
  amount: number;

  /** Working days, or calendar days that roll forward to working time. */
  @IsIn(OFFSET_UNITS)
  unit: OffsetUnit;
}

export class ConditionField {
  /** Only for leads of this kind. */
  @MayBeAbsent()
  @IsIn(LEAD_KINDS)
  leadKind?: LeadKind;

  /** Only for firms that came, or only for those that did not. */
  @MayBeAbsent()
  @IsIn(ATTENDANCES)
  attendance?: Attendance;

  /** Only for firms that asked about a cluster, or only for those that did not. */
  @MayBeAbsent()
  @IsBoolean()
  interestInCluster?: boolean;

  /** Only while the investor has not answered. */
  @MayBeAbsent()
  @IsBoolean()
  noAnswerYet?: boolean;
}

export class StepFields {
  /** How long after the round was closed. */
  @Group(() => OffsetField)
  offset: OffsetField;

  @IsIn(CHANNELS)
  channel: Channel;

  /** Required for an e-mail; otherwise the notice that goes to whoever has to act. */
  @IsOptional()
  @IsUUID()
  templateId?: string | null;

  /** What the officer's list says, in Vietnamese; at most 200 characters. */
  @Line(200)
  titleVi: string;

  @Line(200)
  titleEn: string;

  /** For whom; left out: everyone. */
  @IsOptional()
  @Group(() => ConditionField)
  condition?: ConditionField | null;
}

export class StepBody extends StepFields {
  /** Stable name within the plan; left out: made from the English title. @example "thank-you" */
  @MayBeAbsent()
  @Matches(/^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$/)
  key?: string;
}

export class AddStep extends StepBody {
  /** From 0; left out: the last. */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(MAX_STEPS)
  position?: number;
}

export class ChangeStep {
  @MayBeAbsent()
  @Group(() => OffsetField)
  offset?: OffsetField;

  @MayBeAbsent()
  @IsIn(CHANNELS)
  channel?: Channel;

  @IsOptional()
  @IsUUID()
  templateId?: string | null;

  @MayBeAbsent()
  @Line(200)
  titleVi?: string;

  @MayBeAbsent()
  @Line(200)
  titleEn?: string;

  @IsOptional()
  @Group(() => ConditionField)
  condition?: ConditionField | null;

  /** From 0. */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(MAX_STEPS)
  position?: number;
}

export class ReplaceSteps {
  /** In order, 1 to 30. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_STEPS)
  @ValidateNested({ each: true })
  @Type(() => StepBody)
  steps: StepBody[];
}

export class StopStagesField {
  /** A stage code of this pipeline: reaching it or a later one ends the sequence; null: no stage does. @example "proposal" */
  @ValidateIf((_body, value) => value !== null)
  @Line(60)
  infrastructure: string | null;

  /** @example "memorandum" */
  @ValidateIf((_body, value) => value !== null)
  @Line(60)
  secondary: string | null;
}

export class CreatePlan extends ReplaceSteps {
  /** Short and unique. @example "after-round" */
  @Matches(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/)
  code: string;

  @Line(200)
  name: string;

  /** Offered first when a round is closed; the plan that was is no longer. */
  @MayBeAbsent()
  @IsBoolean()
  isDefault?: boolean;

  /** Left out: proposal and memorandum. */
  @MayBeAbsent()
  @Group(() => StopStagesField)
  stopStages?: StopStagesField;
}

export class ChangePlan {
  @MayBeAbsent()
  @Line(200)
  name?: string;

  @MayBeAbsent()
  @IsBoolean()
  isDefault?: boolean;

  /** No round can be closed with an archived plan; what runs goes on. */
  @MayBeAbsent()
  @IsBoolean()
  archived?: boolean;

  /** Makes a new version. */
  @MayBeAbsent()
  @Group(() => StopStagesField)
  stopStages?: StopStagesField;
}

export class PlansQuery {
  /** Archived ones too. */
  @QueryFlag()
  archived?: boolean;
}

export class MoveSequences {
  /** Only the sequences of this round. */
  @MayBeAbsent()
  @IsUUID()
  roundId?: string;

  /** Only says what would happen. */
  @MayBeAbsent()
  @IsBoolean()
  dryRun?: boolean;
}

export class MoveAnswer {
  /** Sequences that now follow the current version. */
  moved: number;
  /** Reminders of steps that the older version did not have. */
  created: number;
  /** Unsent reminders that got another time, channel, text or state. */
  changed: number;
  /** Unsent reminders of steps that are gone. */
  cancelled: number;
  /** Sent, done, or as before. */
  kept: number;
}

export class StepAnswer {
  id: string;
  key: string;
  position: number;
  offset: OffsetField;
  channel: Channel;
  templateId: string | null;
  titleVi: string;
  titleEn: string;
  condition: ConditionField;
}

export class PlanAnswer {
  id: string;
  code: string;
  name: string;
  isDefault: boolean;
  archived: boolean;
  /** The number of its current set of steps. */
  planVersion: number;
  stopStages: StopStagesField;
  steps: StepAnswer[];
  version: number;
  createdAt: string;
  updatedAt: string;
}

export class PlanList {
  items: PlanAnswer[];
}

export class StepList {
  items: StepAnswer[];
  /** Of the plan, for `If-Match`. */
  version: number;
}

export function toPlan(row: PlanRow, steps: readonly PlanStep[]): PlanAnswer {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    isDefault: row.isDefault,
    archived: row.archivedAt !== null,
    planVersion: row.currentVersion,
    stopStages: row.stopStages,
    steps: steps.map(toStep),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function toStep({
  id,
  key,
  position,
  offset,
  channel,
  templateId,
  titleVi,
  titleEn,
  condition,
}: PlanStep): StepAnswer {
  return { id, key, position, offset, channel, templateId, titleVi, titleEn, condition };
}
