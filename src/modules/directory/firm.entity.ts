import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { decimalNumber } from '../../platform/database/columns.js';

/**
 * An organisation. The table also has the generated column `search`: name, short name, tax code, e-mail and
 * phone, folded, with a blank before each word.
 */
@Entity('firm')
@Unique('firm_tax_code_key', ['taxCode'])
@Index('firm_phone_idx', ['phone'])
@Index('firm_email_idx', ['email'])
@Index('firm_created_at_idx', ['createdAt', 'id'])
@Index('firm_search_idx', { synchronize: false })
@Index('firm_name_idx', { synchronize: false })
@Index('firm_sectors_idx', { synchronize: false })
@Index('firm_tax_code_base_idx', { synchronize: false })
@Index('firm_email_domain_idx', { synchronize: false })
@Check('firm_tax_code_check', `tax_code ~ '^([0-9]{10}(-[0-9]{3})?|[0-9]{12})$'`)
@Check('firm_country_check', `country ~ '^[A-Z]{2}$'`)
@Check('firm_email_check', `email = lower(email)`)
export class Firm {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'firm_pkey' })
  id: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', nullable: true })
  shortName: string | null;

  /** Vietnamese tax code: 10 digits, 10-3 for a branch, or a household's 12-digit personal number. */
  @Column({ type: 'text', nullable: true })
  taxCode: string | null;

  /** ISO 3166-1 alpha-2. */
  @Column({ type: 'char', length: 2 })
  country: string;

  @Column({ type: 'text', array: true })
  sectors: string[];

  @Column({ type: 'text', nullable: true })
  website: string | null;

  /** Small letters. */
  @Column({ type: 'text', nullable: true })
  email: string | null;

  /** E.164 */
  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column({ type: 'text', nullable: true })
  address: string | null;

  /** What it has shown it can do as an infrastructure developer. */
  @Column({ type: 'text', nullable: true })
  developerCapacity: string | null;

  /** Hectares of industrial land that it has developed before. */
  @Column({ type: 'numeric', precision: 10, scale: 2, nullable: true, transformer: decimalNumber })
  developedAreaHa: number | null;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  /** Made up for the demo. */
  @Column({ type: 'boolean', default: false })
  sample: boolean;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
