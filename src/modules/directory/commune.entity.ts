import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { PlanningDistrict } from './planning-district.entity.js';

export const COMMUNE_KINDS = ['commune', 'ward', 'township'] as const;

/** xã, phường, thị trấn */
export type CommuneKind = (typeof COMMUNE_KINDS)[number];

/** A local unit under one name. A renamed or merged one ends, and points to the unit that took its place. */
@Entity('commune')
@Check('commune_kind_check', `kind IN ('commune', 'ward', 'township')`)
@Check('commune_valid_check', `valid_from <= valid_to`)
@Index('commune_planning_district_id_idx', ['planningDistrictId'])
export class Commune {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'commune_pkey' })
  id: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  kind: CommuneKind;

  @Column({ type: 'uuid' })
  planningDistrictId: string;

  @ManyToOne(() => PlanningDistrict)
  @JoinColumn({ name: 'planning_district_id', foreignKeyConstraintName: 'commune_planning_district_id_fkey' })
  planningDistrict: Relation<PlanningDistrict>;

  /** Null when the source does not say. */
  @Column({ type: 'date', nullable: true })
  validFrom: string | null;

  /** Last day under this name; null when no end is known. */
  @Column({ type: 'date', nullable: true })
  validTo: string | null;

  @Column({ type: 'uuid', nullable: true })
  successorId: string | null;

  @ManyToOne(() => Commune, { nullable: true })
  @JoinColumn({ name: 'successor_id', foreignKeyConstraintName: 'commune_successor_id_fkey' })
  successor: Relation<Commune> | null;

  @Column({ type: 'text' })
  source: string;
}
