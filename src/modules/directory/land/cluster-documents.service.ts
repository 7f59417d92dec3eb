import { open } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../../../platform/database/database.js';
import { Files, type OpenFile } from '../../../platform/files/files.js';
import type { UploadedFile } from '../../../platform/files/uploads.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { Invalid, NotFound } from '../../../platform/http/problem.js';
import { ClusterDocument } from './cluster-document.entity.js';
import { ClusterLandService, type LandKey } from './cluster-land.service.js';
import type { ChangeClusterDocument, AddClusterDocument } from './land-input.dto.js';
import { pictureSize } from './picture-size.rules.js';

/** A camera's notes may stand before the size of a picture. */
const HEAD_BYTES = 256 * 1024;

/** Files about a cluster. */
@Injectable()
export class ClusterDocumentsService {
  constructor(
    private readonly db: Database,
    private readonly files: Files,
    private readonly land: ClusterLandService,
  ) {}

  async add(clusterId: string, upload: UploadedFile | undefined, input: AddClusterDocument): Promise<string> {
    if (!upload) throw new Invalid('file', 'file_missing');
    return this.db.transaction(async () => {
      await this.land.lockCluster(clusterId);
      const file = await this.files.keep(upload);
      const size = pictureSize(await headOf(upload), file.mediaType);
      if (input.kind === 'picture' && !size) throw new Invalid('kind', 'not_a_picture');
      const { titleVi, titleEn = null, titleZh = null, kind, language, issuedOn, number } = input;
      const stamped = this.land.stamped(clusterId);
      await this.db.repo(ClusterDocument).insert({
        ...stamped,
        fileId: file.id,
        kind,
        title: { vi: titleVi, en: titleEn, zh: titleZh },
        language: language ?? null,
        issuedOn: issuedOn ?? null,
        number: number ?? null,
        alt: null,
        width: size?.width ?? null,
        height: size?.height ?? null,
        isPublic: false,
        position: await this.land.nextPosition('cluster_document', clusterId),
      });
      return stamped.id;
    });
  }

  change(key: LandKey, version: number, changes: ChangeClusterDocument): Promise<void> {
    return this.db.transaction(async () => {
      const { width } = await this.land.lock(ClusterDocument, key);
      if (changes.kind === 'picture' && width === null) throw new Invalid('kind', 'not_a_picture');
      await this.land.change(ClusterDocument, key, { version, changes });
    });
  }

  remove(key: LandKey, version: number): Promise<void> {
    return this.db.transaction(async () => {
      const document = await this.land.lock(ClusterDocument, key);
      assertVersion(document.version, version);
      await this.db.repo(ClusterDocument).delete({ id: document.id });
      await this.files.remove(document.fileId);
    });
  }

  async open({ clusterId, id }: LandKey): Promise<OpenFile> {
    const document = await this.db.repo(ClusterDocument).findOneBy({ id, clusterId });
    if (!document) throw new NotFound('file_not_found');
    return this.files.open(document.fileId);
  }

  /** The same answer for what does not exist and for what is not public. */
  async openPublic(code: string, id: string): Promise<OpenFile> {
    const [found] = await this.db.query<{ fileId: string }>(sql`
      SELECT d.file_id AS "fileId" FROM cluster_document d JOIN cluster c ON c.id = d.cluster_id
       WHERE d.id = ${id} AND c.code = ${code} AND d.is_public AND c.is_public`);
    if (!found) throw new NotFound('file_not_found');
    return this.files.open(found.fileId);
  }
}

async function headOf({ path }: UploadedFile): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
