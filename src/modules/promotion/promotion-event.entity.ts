import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  VersionColumn,
  type Relation,
} from 'typeorm';
import { PromotionRound } from './promotion-round.entity.js';

export const EVENT_KINDS = ['conference', 'fair', 'mission', 'meeting', 'site_visit'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** One occasion inside a round. */
@Entity('promotion_event')
@Index('promotion_event_round_id_idx', ['roundId', 'startsAt'])
@Check('promotion_event_kind_check', `kind IN ('conference', 'fair', 'mission', 'meeting', 'site_visit')`)
@Check('promotion_event_ends_at_check', `ends_at >= starts_at`)
export class PromotionEvent {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'promotion_event_pkey' })
  id: string;

  @ManyToOne(() => PromotionRound, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'round_id', foreignKeyConstraintName: 'promotion_event_round_id_fkey' })
  round?: Relation<PromotionRound>;

  @Column({ type: 'uuid' })
  roundId: string;

  @Column({ type: 'text' })
  kind: EventKind;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'timestamptz' })
  startsAt: Date;

  @Column({ type: 'timestamptz' })
  endsAt: Date;

  @Column({ type: 'text', nullable: true })
  place: string | null;

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
