import { createHash } from 'node:crypto';
import { createReadStream, type Dirent, type ReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { fileTypeFromFile } from 'file-type';
import { Clock } from '../clock/clock.js';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { newId } from '../database/ids.js';
import { Invalid, NotFound } from '../http/problem.js';
import { fileName, kindOf, type FileKind } from './file-kinds.rules.js';
import { StoredFile } from './stored-file.entity.js';
import type { UploadedFile } from './uploads.js';

/** A file that can be read, and how it may be given out. */
export interface OpenFile {
  file: StoredFile;
  kind: FileKind;
  stream: ReadStream;
}

/** Of content with no row yet: longer than any transaction. */
const SETTLED_MS = 24 * 3_600_000;
const DIGEST = /^[0-9a-f]{64}$/;
const LOCK = `hashtextextended('stored-file:' || $1, 0)`;

/** Uploaded files: the rows in PostgreSQL, the content in `DATA_DIR/uploads`. Who may see one is its owner's to say. */
@Injectable()
export class Files {
  private readonly folder: string;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    config: Config,
  ) {
    this.folder = join(config.dataDir, 'uploads');
  }

  /**
   * Keeps an uploaded file. What it is, is read from its content: 400 `file_type_not_allowed` on `field` for anything
   * that is not in `FILE_KINDS`, 400 `file_empty` for nothing. Content left behind by a transaction that fails is
   * swept away in the night.
   */
  async keep(upload: UploadedFile, field = 'file'): Promise<StoredFile> {
    if (upload.size === 0) throw new Invalid(field, 'file_empty');
    const kind = kindOf((await fileTypeFromFile(upload.path))?.mime);
    if (!kind) throw new Invalid(field, 'file_type_not_allowed');
    const sha256 = await digestOf(upload.path);
    // whoever removes the same content waits until this row is there
    await this.db.query(`SELECT pg_advisory_xact_lock_shared(${LOCK})`, [sha256]);
    await this.place(upload.path, sha256);
    const file = this.db.repo(StoredFile).create({
      id: newId(),
      sha256,
      size: upload.size,
      mediaType: kind.mediaType,
      name: fileName(upload.name, kind.extension),
      createdAt: this.clock.now(),
    });
    await this.db.repo(StoredFile).insert(file);
    return file;
  }

  /** 404 `file_not_found` when there is no such file. */
  async open(id: string): Promise<OpenFile> {
    const file = await this.db.repo(StoredFile).findOneBy({ id });
    const kind = kindOf(file?.mediaType);
    if (!file || !kind) throw new NotFound('file_not_found');
    const stream = createReadStream(this.pathOf(file.sha256));
    await new Promise<void>((resolve, reject) => {
      stream.once('open', () => resolve());
      stream.once('error', () => reject(new NotFound('file_not_found')));
    });
    return { file, kind, stream };
  }

  /** Removes the row now, and the content after the commit when no other row has the same. */
  async remove(id: string): Promise<void> {
    const [gone] = await this.db.query<{ sha256: string }>(
      `DELETE FROM stored_file WHERE id = $1 RETURNING sha256`,
      [id],
    );
    if (!gone) return;
    this.db.afterCommit(async () => {
      await this.drop(gone.sha256);
    });
  }

  /** Content that no row names: of transactions that failed, and of programs that were killed. Answers how much there was. */
  async sweep(): Promise<number> {
    let dropped = 0;
    for (const { name, parentPath } of await this.contents()) {
      const path = join(parentPath, name);
      const written = await stat(path).catch(() => null);
      if (!written || Date.now() - written.mtimeMs < SETTLED_MS) continue;
      if (DIGEST.test(name)) dropped += Number(await this.drop(name));
      else await rm(path, { force: true });
    }
    return dropped;
  }

  private async contents(): Promise<Dirent[]> {
    const all = await readdir(this.folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return all.filter((entry) => entry.isFile());
  }

  private drop(sha256: string): Promise<boolean> {
    return this.db.transaction(async () => {
      await this.db.query(`SELECT pg_advisory_xact_lock(${LOCK})`, [sha256]);
      const [other] = await this.db.query(`SELECT 1 FROM stored_file WHERE sha256 = $1 LIMIT 1`, [sha256]);
      if (!other) await rm(this.pathOf(sha256), { force: true });
      return !other;
    });
  }

  /** Beside its place first, so that no reader ever finds half a file. */
  private async place(from: string, sha256: string): Promise<void> {
    const to = this.pathOf(sha256);
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    const part = `${to}.${newId()}.part`;
    await copyFile(from, part);
    await rename(part, to);
  }

  private pathOf(sha256: string): string {
    return join(this.folder, sha256.slice(0, 2), sha256);
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
