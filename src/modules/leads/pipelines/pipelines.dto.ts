import { IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import { Line, MayBeAbsent } from '../../../platform/http/fields.js';
import type { PipelineStage, LeadKind } from './pipeline.entity.js';

export class StageAnswer {
  /** @example "dossier_filed" */
  code: string;
  nameVi: string;
  nameEn: string;
  /** From 1, in the order of the way. */
  position: number;
  /** Whoever reaches or skips it needs a dossier, decision or document on record. */
  needsEvidence: boolean;
  /** Whoever reaches or skips it needs at least one cluster. */
  needsCluster: boolean;
  /** Days without activity after which a lead in it is stale; null: never. */
  staleAfterDays: number | null;
  /** The end of the way. */
  isFinal: boolean;
  version: number;
}

export class PipelineAnswer {
  kind: LeadKind;
  nameVi: string;
  nameEn: string;
  /** In their order. `lost` and `dormant` are exits from each but a final one, and not listed. */
  stages: StageAnswer[];
}

export class PipelineList {
  items: PipelineAnswer[];
}

export class ChangeStage {
  /** Vietnamese name, at most 100 characters. */
  @MayBeAbsent()
  @Line(100)
  nameVi?: string;

  /** English name, at most 100 characters. */
  @MayBeAbsent()
  @Line(100)
  nameEn?: string;

  /** Gate: evidence on record. It holds for moves from now on. */
  @MayBeAbsent()
  @IsBoolean()
  needsEvidence?: boolean;

  /** Gate: at least one cluster. It holds for moves from now on. */
  @MayBeAbsent()
  @IsBoolean()
  needsCluster?: boolean;

  /** 1 to 3,650 days; null: never stale. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3650)
  staleAfterDays?: number | null;
}

export function toStage(stage: PipelineStage): StageAnswer {
  const { code, nameVi, nameEn, position, needsEvidence, needsCluster, staleAfterDays, isFinal, version } =
    stage;
  return { code, nameVi, nameEn, position, needsEvidence, needsCluster, staleAfterDays, isFinal, version };
}
