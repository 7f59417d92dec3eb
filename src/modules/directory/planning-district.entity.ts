import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/**
 * One of the district-level units in which the plan counts. The list is frozen: districts ended on
 * 1 July 2025, the plan's geography did not.
 */
@Entity('planning_district')
@Unique('planning_district_code_key', ['code'])
export class PlanningDistrict {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'planning_district_pkey' })
  id: string;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  /** Place in the plan's own list, from 1. */
  @Column({ type: 'int' })
  position: number;

  /** Last day on which it was also a unit of the administration. */
  @Column({ type: 'date', nullable: true })
  validTo: string | null;
}
