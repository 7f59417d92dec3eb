import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Translated } from '../translated.dto.js';

/** The agency's own details as the public pages show them: one row, there from the start. */
@Entity('agency')
@Unique('agency_only_one_key', ['onlyOne'])
@Check('agency_only_one_check', `only_one`)
export class Agency {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'agency_pkey' })
  id: string;

  @Column({ type: 'boolean', default: true })
  onlyOne: boolean;

  /** Null until somebody enters it: then the sender's name of the mails stands in. */
  @Column({ type: 'jsonb', nullable: true })
  name: Translated | null;

  @Column({ type: 'jsonb', nullable: true })
  address: Translated | null;

  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'text', nullable: true })
  website: string | null;

  @Column({ type: 'jsonb', nullable: true })
  workingHours: Translated | null;

  /** The terms under which anybody may use the published data. */
  @Column({ type: 'text' })
  licenceName: string;

  @Column({ type: 'text' })
  licenceUrl: string;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
