import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AppUser } from '../identity/app-user.entity.js';

export const VIEW_PAGES = ['pipeline', 'firms', 'clusters', 'rounds', 'messages'] as const;
export type ViewPage = (typeof VIEW_PAGES)[number];

/** The filters of a list, kept under a name. */
@Entity('saved_view')
@Check('saved_view_page_check', `page IN ('pipeline', 'firms', 'clusters', 'rounds', 'messages')`)
@Index('saved_view_owner_id_idx', ['ownerId', 'page'])
@Index('saved_view_page_idx', ['page'], { where: 'shared' })
export class SavedView {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'saved_view_pkey' })
  id: string;

  @ManyToOne(() => AppUser, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'owner_id', foreignKeyConstraintName: 'saved_view_owner_id_fkey' })
  owner?: Relation<AppUser>;

  @Column({ type: 'uuid' })
  ownerId: string;

  @Column({ type: 'text' })
  page: ViewPage;

  @Column({ type: 'text' })
  name: string;

  /** Names and values of the page's query string. */
  @Column({ type: 'jsonb' })
  query: Record<string, string>;

  /** Everybody sees it. */
  @Column({ type: 'boolean' })
  shared: boolean;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
