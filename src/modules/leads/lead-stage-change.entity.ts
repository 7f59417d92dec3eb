import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AppUser } from '../identity/app-user.entity.js';
import { Lead, type LostReason } from './lead.entity.js';

/** What proves that a stage was reached. */
export interface StageEvidence {
  kind: 'dossier' | 'decision' | 'certificate' | 'contract' | 'document';
  /** @example "1520/QĐ-UBND" */
  number: string;
  /** `YYYY-MM-DD` */
  date?: string;
  issuedBy?: string;
  url?: string;
}

/** One step of a lead, never changed afterwards. */
@Entity('lead_stage_change')
@Index('lead_stage_change_lead_id_idx', ['leadId', 'recordedAt', 'id'])
@Index('lead_stage_change_to_stage_idx', ['toStage', 'onDay'])
export class LeadStageChange {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'lead_stage_change_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  leadId: string;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'lead_id', foreignKeyConstraintName: 'lead_stage_change_lead_id_fkey' })
  lead?: Relation<Lead>;

  /** Null for the first: the lead was opened. */
  @Column({ type: 'text', nullable: true })
  fromStage: string | null;

  @Column({ type: 'text' })
  toStage: string;

  /** The local day on which it happened; recorded the same day or later. */
  @Column({ type: 'date' })
  onDay: string;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ type: 'jsonb', nullable: true })
  evidence: StageEvidence | null;

  @Column({ type: 'text', nullable: true })
  lostReason: LostReason | null;

  @Column({ type: 'text', nullable: true })
  lostTo: string | null;

  @Column({ type: 'date', nullable: true })
  wakeOn: string | null;

  /** The user; null when an investor or the program itself moved it. */
  @Column({ type: 'uuid', nullable: true })
  actorId: string | null;

  @ManyToOne(() => AppUser, { onDelete: 'NO ACTION' })
  @JoinColumn({ name: 'actor_id', foreignKeyConstraintName: 'lead_stage_change_actor_id_fkey' })
  actor?: Relation<AppUser> | null;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;
}
