import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One uploaded file. Its content lies in `DATA_DIR/uploads` under its digest, once for however many rows name it. */
@Entity('stored_file')
@Index('stored_file_sha256_idx', ['sha256'])
@Check('stored_file_size_check', `size > 0`)
export class StoredFile {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'stored_file_pkey' })
  id: string;

  /** Hexadecimal digest of the content. */
  @Column({ type: 'text' })
  sha256: string;

  /** Bytes. */
  @Column({ type: 'int' })
  size: number;

  /** Read from the content, never from what the sender claimed. */
  @Column({ type: 'text' })
  mediaType: string;

  /** As it is offered for saving, with the extension of the media type. */
  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
