import {
  Check,
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  VersionColumn,
  type Relation,
} from 'typeorm';

export const LEAD_KINDS = ['infrastructure', 'secondary'] as const;

/** `infrastructure`: builds and runs a whole cluster. `secondary`: builds a factory inside one. */
export type LeadKind = (typeof LEAD_KINDS)[number];

/** The way a lead of one kind goes. */
@Entity('pipeline')
@Check('pipeline_kind_check', `kind IN ('infrastructure', 'secondary')`)
export class Pipeline {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'pipeline_pkey' })
  kind: LeadKind;

  @Column({ type: 'text' })
  nameVi: string;

  @Column({ type: 'text' })
  nameEn: string;
}

/** One stage of a pipeline and its gates. Stages are data: an administrator changes names, gates and limits. */
@Entity('pipeline_stage')
@Unique('pipeline_stage_kind_code_key', ['kind', 'code'])
@Unique('pipeline_stage_kind_position_key', ['kind', 'position'])
@Check('pipeline_stage_stale_after_days_check', `stale_after_days BETWEEN 1 AND 3650`)
export class PipelineStage {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pipeline_stage_pkey' })
  id: string;

  @Column({ type: 'text' })
  kind: LeadKind;

  @ManyToOne(() => Pipeline, { onDelete: 'NO ACTION' })
  @JoinColumn({ name: 'kind', foreignKeyConstraintName: 'pipeline_stage_kind_fkey' })
  pipeline?: Relation<Pipeline>;

  /** @example "dossier_filed" */
  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  nameVi: string;

  @Column({ type: 'text' })
  nameEn: string;

  /** From 1, in the order of the way. */
  @Column({ type: 'int' })
  position: number;

  /** Whoever reaches or skips it needs a dossier, decision or document on record. */
  @Column({ type: 'boolean' })
  needsEvidence: boolean;

  /** Whoever reaches or skips it needs at least one cluster. */
  @Column({ type: 'boolean' })
  needsCluster: boolean;

  /** Days without activity after which a lead in this stage is stale; null: never. */
  @Column({ type: 'int', nullable: true })
  staleAfterDays: number | null;

  /** The end of the way: the project runs. */
  @Column({ type: 'boolean' })
  isFinal: boolean;

  @VersionColumn({ default: 1 })
  version: number;
}
