import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { disposition } from '../../../platform/files/file-kinds.rules.js';
import { preferredLanguage, type Language } from '../../../platform/i18n/i18n.js';
import { toCsv } from '../csv.rules.js';
import type { ReportFormat } from '../report-query.dto.js';
import type { ReportTable } from '../report-tables.js';
import type { ReportHead } from '../reports.dto.js';
import { toPdf } from './pdf-export.js';
import { ReportPapers } from './report-paper.js';
import { toXlsx } from './xlsx-export.js';

export type FileFormat = Exclude<ReportFormat, 'json'>;

export const FILE_TYPES: Record<FileFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
};

/** For the API's reference. */
export const PRODUCED = ['application/json', ...Object.values(FILE_TYPES).map((type) => type.split(';')[0]!)];

export interface ReportFile {
  name: string;
  type: string;
  content: Buffer;
}

interface Wish {
  query: { format?: ReportFormat };
  reply: FastifyReply;
  /** The caller's `Accept-Language`. */
  wish: string | undefined;
}

/** A report in the form that was asked for: as it is, or as a file. */
@Injectable()
export class ReportAnswers {
  constructor(private readonly papers: ReportPapers) {}

  async give<R extends ReportHead>(
    report: R,
    toTable: (report: R) => ReportTable,
    { query, reply, wish }: Wish,
  ): Promise<R | Buffer> {
    if (query.format === undefined || query.format === 'json') return report;
    const file = await this.file(report, toTable(report), query.format, preferredLanguage(wish));
    void reply.type(file.type).header('content-disposition', disposition('attachment', file.name));
    return file.content;
  }

  async file(
    head: ReportHead,
    table: ReportTable,
    format: FileFormat,
    language: Language,
  ): Promise<ReportFile> {
    const paper = await this.papers.around(table, head, language);
    return {
      name: `${paper.fileName}.${format}`,
      type: FILE_TYPES[format],
      content:
        format === 'csv'
          ? Buffer.from(toCsv(table, language))
          : await (format === 'xlsx' ? toXlsx(paper) : toPdf(paper)),
    };
  }
}
