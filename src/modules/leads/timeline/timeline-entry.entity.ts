import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Actor } from '../../../platform/database/actor.js';
import { Lead } from '../lead.entity.js';

/** One line of a lead's story: ours, a mail, an answer, a round. The words are `leads:timeline_<kind>`. */
@Entity('timeline_entry')
@Index('timeline_entry_lead_id_idx', ['leadId', 'at', 'id'])
export class TimelineEntry {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'timeline_entry_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  leadId: string;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'lead_id', foreignKeyConstraintName: 'timeline_entry_lead_id_fkey' })
  lead?: Relation<Lead>;

  @Column({ type: 'timestamptz' })
  at: Date;

  /** @example "stage_changed" */
  @Column({ type: 'text' })
  kind: string;

  @Column({ type: 'text' })
  actorKind: Actor['kind'];

  /** The user, key or contact; rows of different tables, hence no reference. */
  @Column({ type: 'uuid', nullable: true })
  actorId: string | null;

  @Column({ type: 'text' })
  actorName: string;

  /** What the entry is about. @example "message" */
  @Column({ type: 'text', nullable: true })
  refType: string | null;

  @Column({ type: 'uuid', nullable: true })
  refId: string | null;

  /** Fills the words of the kind. */
  @Column({ type: 'jsonb' })
  data: Record<string, unknown>;
}
