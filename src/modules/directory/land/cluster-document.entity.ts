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
import { StoredFile } from '../../../platform/files/stored-file.entity.js';
import { Cluster } from '../cluster.entity.js';
import type { Translated } from '../translated.dto.js';

export const DOCUMENT_KINDS = [
  'detailed_plan',
  'establishment_decision',
  'map',
  'brochure',
  'picture',
  'price_list',
  'other',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** A file about a cluster. The public sees it only when it is public and the cluster is. */
@Entity('cluster_document')
@Index('cluster_document_cluster_id_idx', ['clusterId'])
@Unique('cluster_document_file_id_key', ['fileId'])
@Check(
  'cluster_document_kind_check',
  `kind IN ('detailed_plan', 'establishment_decision', 'map', 'brochure', 'picture', 'price_list', 'other')`,
)
@Check('cluster_document_language_check', `language IN ('vi', 'en', 'zh')`)
export class ClusterDocument {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'cluster_document_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  clusterId: string;

  @ManyToOne(() => Cluster)
  @JoinColumn({ name: 'cluster_id', foreignKeyConstraintName: 'cluster_document_cluster_id_fkey' })
  cluster: Relation<Cluster>;

  @Column({ type: 'uuid' })
  fileId: string;

  @ManyToOne(() => StoredFile)
  @JoinColumn({ name: 'file_id', foreignKeyConstraintName: 'cluster_document_file_id_fkey' })
  file: Relation<StoredFile>;

  @Column({ type: 'text' })
  kind: DocumentKind;

  @Column({ type: 'jsonb' })
  title: Translated;

  /** In which the document itself is written; null for pictures and the like. */
  @Column({ type: 'text', nullable: true })
  language: 'vi' | 'en' | 'zh' | null;

  @Column({ type: 'date', nullable: true })
  issuedOn: string | null;

  /** Number of the decision or of the drawing. */
  @Column({ type: 'text', nullable: true })
  number: string | null;

  /** What a picture shows, for who cannot see it. */
  @Column({ type: 'jsonb', nullable: true })
  alt: Translated | null;

  /** Pixels, for pictures only. */
  @Column({ type: 'int', nullable: true })
  width: number | null;

  @Column({ type: 'int', nullable: true })
  height: number | null;

  @Column({ type: 'boolean', default: false })
  isPublic: boolean;

  /** The order in which the page shows them. */
  @Column({ type: 'int' })
  position: number;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
