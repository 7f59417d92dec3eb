import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  type Relation,
} from 'typeorm';
import { decimalNumber } from '../../platform/database/columns.js';
import { PlanningDistrict } from './planning-district.entity.js';

export const CLUSTER_STATUSES = [
  'planned',
  'calling_for_investor',
  'dossier_filed',
  'established',
  'under_construction',
  'operating',
  'dropped',
] as const;

/** In the order of the law; `dropped` is the way out. */
export type ClusterStatus = (typeof CLUSTER_STATUSES)[number];

/** Cụm công nghiệp: industrial land of 5 to 75 ha that the province offers. */
@Entity('cluster')
@Unique('cluster_code_key', ['code'])
@Index('cluster_planning_district_id_idx', ['planningDistrictId'])
@Check(
  'cluster_status_check',
  `status IN ('planned', 'calling_for_investor', 'dossier_filed', 'established', 'under_construction', 'operating', 'dropped')`,
)
@Check('cluster_area_ha_check', `area_ha > 0`)
@Check('cluster_industrial_land_ha_check', `industrial_land_ha BETWEEN 0 AND area_ha`)
@Check('cluster_occupied_ha_check', `occupied_ha BETWEEN 0 AND industrial_land_ha`)
@Check('cluster_leased_ha_check', `leased_ha BETWEEN 0 AND occupied_ha`)
@Check('cluster_latitude_check', `latitude BETWEEN 8 AND 24`)
@Check('cluster_longitude_check', `longitude BETWEEN 102 AND 110`)
@Check(
  'cluster_position_check',
  `(latitude IS NULL) = (longitude IS NULL) AND (latitude IS NULL) = (position_source IS NULL)`,
)
export class Cluster {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'cluster_pkey' })
  id: string;

  /** Stands in public addresses: small letters, digits and hyphens. */
  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'uuid' })
  planningDistrictId: string;

  @ManyToOne(() => PlanningDistrict)
  @JoinColumn({ name: 'planning_district_id', foreignKeyConstraintName: 'cluster_planning_district_id_fkey' })
  planningDistrict: Relation<PlanningDistrict>;

  /** Hectares. */
  @Column({ type: 'numeric', precision: 10, scale: 2, nullable: true, transformer: decimalNumber })
  areaHa: number | null;

  /** Hectares of industrial land in the approved detailed plan. */
  @Column({ type: 'numeric', precision: 10, scale: 2, nullable: true, transformer: decimalNumber })
  industrialLandHa: number | null;

  /** Hectares leased or sub-leased, or with an approved investment policy or certificate (Decree 32/2024 art. 2.7). */
  @Column({ type: 'numeric', precision: 10, scale: 2, nullable: true, transformer: decimalNumber })
  occupiedHa: number | null;

  /** Hectares leased or sub-leased alone. */
  @Column({ type: 'numeric', precision: 10, scale: 2, nullable: true, transformer: decimalNumber })
  leasedHa: number | null;

  /** The day for which the land figures hold. */
  @Column({ type: 'date', nullable: true })
  landAsOf: string | null;

  @Column({ type: 'text', nullable: true })
  landSource: string | null;

  /** Degrees north (WGS 84). */
  @Column({ type: 'numeric', precision: 9, scale: 6, nullable: true, transformer: decimalNumber })
  latitude: number | null;

  /** Degrees east (WGS 84). */
  @Column({ type: 'numeric', precision: 9, scale: 6, nullable: true, transformer: decimalNumber })
  longitude: number | null;

  @Column({ type: 'text', nullable: true })
  positionSource: string | null;

  @Column({ type: 'text' })
  status: ClusterStatus;

  /** Null when the source does not date it. */
  @Column({ type: 'date', nullable: true })
  statusSince: string | null;

  /** The decision that established it. */
  @Column({ type: 'text', nullable: true })
  establishedBy: string | null;

  @Column({ type: 'text', array: true })
  sectors: string[];

  @Column({ type: 'text', nullable: true })
  summaryVi: string | null;

  @Column({ type: 'text', nullable: true })
  summaryEn: string | null;

  @Column({ type: 'text', nullable: true })
  summaryZh: string | null;

  /** Shown in the public catalogue. */
  @Column({ type: 'boolean' })
  isPublic: boolean;

  @Column({ type: 'text' })
  source: string;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
