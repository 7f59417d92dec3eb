import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.js';
import { Conflict, NotFound, ProblemError } from '../../platform/http/problem.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { AgencyService } from '../directory/agency/agency.service.js';
import { readToken } from '../messaging/answer-token.rules.js';
import { DataRequest } from './data-request.entity.js';
import { COPY_LIFE_DAYS } from './data-request.rules.js';
import { personalDataPdf } from './personal-data-pdf.js';
import { PersonalData } from './personal-data.service.js';

export type CopyFormat = 'pdf' | 'json';

export interface CopyState {
  language: Language;
  reference: string;
  /** Not yet taken. */
  left: CopyFormat[];
}

const DAY_MS = 24 * 3_600_000;

/** The link to a copy of one's own data: each file once, within days. Looking at the page takes nothing. */
@Injectable()
export class CopyLinks {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly data: PersonalData,
    private readonly agency: AgencyService,
  ) {}

  /** 404 for a link that we did not make, and for one of a request that is not done or whose person is erased. */
  async read(token: string): Promise<CopyState> {
    return stateOf(await this.find(token));
  }

  async take(
    token: string,
    format: CopyFormat,
  ): Promise<{ content: Buffer; mediaType: string; name: string }> {
    return this.db.transaction(async () => {
      const request = await this.find(token, true);
      const taken = format === 'pdf' ? 'pdfTakenAt' : 'jsonTakenAt';
      if (request[taken] !== null) throw new Conflict('copy_taken');
      const file = await this.fileOf(request.contactId, format);
      request[taken] = this.clock.now();
      request.updatedAt = this.clock.now();
      await this.db.repo(DataRequest).save(request);
      return { ...file, name: `${request.reference}.${format}` };
    });
  }

  /** For the person's own page, where the person is known by a session. */
  async fileOf(contactId: string, format: CopyFormat): Promise<{ content: Buffer; mediaType: string }> {
    const data = await this.data.exportOf(contactId);
    if (format === 'json')
      return { content: Buffer.from(JSON.stringify(data, null, 2)), mediaType: 'application/json' };
    const { name } = await this.agency.get();
    const content = await personalDataPdf(data, {
      agency: name[data.language] ?? name.vi ?? '',
      timeZone: this.config.timeZone,
    });
    return { content, mediaType: 'application/pdf' };
  }

  private async find(
    token: string,
    lock = false,
  ): Promise<DataRequest & { contact: { language: Language } }> {
    const id = readToken(token, 'copy', this.config.secretKey);
    if (id && lock) await this.db.query(`SELECT id FROM data_request WHERE id = $1 FOR UPDATE`, [id]);
    const request = id
      ? await this.db.repo(DataRequest).findOne({ where: { id }, relations: { contact: true } })
      : null;
    const given = request?.status === 'done' && (request.kind === 'view' || request.kind === 'copy');
    if (!given || !request.contact || request.contact.erasedAt !== null) throw new NotFound('link_not_found');
    if (this.clock.now().getTime() - request.closedAt!.getTime() > COPY_LIFE_DAYS * DAY_MS)
      throw new ProblemError(410, 'copy_expired');
    return request as DataRequest & { contact: { language: Language } };
  }
}

function stateOf(request: DataRequest & { contact: { language: Language } }): CopyState {
  const left = (['pdf', 'json'] as const).filter((format) =>
    format === 'pdf' ? request.pdfTakenAt === null : request.jsonTakenAt === null,
  );
  return { language: request.contact.language, reference: request.reference, left };
}
