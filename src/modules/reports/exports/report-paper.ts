import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { currentActor } from '../../../platform/database/actor.js';
import { Database } from '../../../platform/database/database.js';
import type { Language } from '../../../platform/i18n/i18n.js';
import type { ReportTable } from '../report-tables.js';
import { codeWords, words } from '../report-words.js';
import type { ReportHead } from '../reports.dto.js';

/** A table with all that has to stand around it once it has left the program. */
export interface ReportPaper {
  table: ReportTable;
  language: Language;
  title: string;
  /** Label and value: as of when, the filters, who made it and when. */
  facts: [label: string, value: string][];
  notes: string[];
  /** Without its ending. */
  fileName: string;
  agency: string;
  madeAt: Date;
}

/** Where a filter's id has its name. */
const NAMES: Record<string, [table: string, name: string]> = {
  ownerId: ['app_user', 'name'],
  clusterId: ['cluster', 'name'],
  planningDistrictId: ['planning_district', 'name'],
  firmId: ['firm', 'name'],
  roundId: ['promotion_round', `code || ' – ' || name`],
};

const DAYS = ['from', 'to', 'createdFrom', 'createdTo'];

const dayIn = (language: Language, day: string): string =>
  language === 'vi' ? day.split('-').reverse().join('/') : day;

@Injectable()
export class ReportPapers {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async around(table: ReportTable, head: ReportHead, language: Language): Promise<ReportPaper> {
    const madeAt = this.clock.now();
    const say = (key: string, params?: Record<string, unknown>) => words(language, `export_${key}`, params);
    const made = this.clock
      .local(madeAt)
      .toFormat(language === 'vi' ? 'HH:mm dd/MM/yyyy' : 'yyyy-MM-dd HH:mm');
    const filters = Object.entries(head.filters);
    const shown = await Promise.all(
      filters.map(async ([name, value]): Promise<[string, string]> => [
        say(`filter_${name}`),
        await this.filterWords(name, value, language),
      ]),
    );
    return {
      table,
      language,
      title: words(language, `title_${table.key}`),
      facts: [
        [say('as_of'), dayIn(language, head.asOf)],
        ...(head.basis === 'happened' ? [[say('basis'), say('basis_happened')] as [string, string]] : []),
        ...(shown.length > 0 ? shown : [[say('filters'), say('no_filters')] as [string, string]]),
        [say('made_by'), currentActor()?.name ?? ''],
        [say('made_at'), `${made} (${this.config.timeZone})`],
      ],
      notes: head.notes.map(({ text }) => text),
      fileName: `${table.key.replace('_', '-')}-${head.asOf}`,
      agency: await this.agency(language),
      madeAt,
    };
  }

  private async filterWords(name: string, value: string, language: Language): Promise<string> {
    if (value === 'none') return words(language, `export_without_${name}`);
    if (value === 'true' || value === 'false') return words(language, `export_${value}`);
    if (DAYS.includes(name)) return dayIn(language, value);
    if (name === 'kind' || name === 'source') return codeWords(language, name, value);
    if (name === 'stage') return this.stageNames(value.split(','), language);
    const named = NAMES[name];
    if (!named) return value;
    const [row] = await this.db.query<{ name: string }>(
      sql`SELECT ${raw(named[1])} AS name FROM ${raw(named[0])} WHERE id::text = ${value}`,
    );
    return row?.name ?? value;
  }

  private async stageNames(codes: string[], language: Language): Promise<string> {
    const name = raw(language === 'vi' ? 'name_vi' : 'name_en');
    const found = await this.db.query<{ code: string; name: string }>(
      sql`SELECT code, min(${name}) AS name FROM pipeline_stage WHERE code = ANY(${codes}) GROUP BY code`,
    );
    return codes
      .map((code) => found.find((one) => one.code === code)?.name ?? codeWords(language, 'stage', code))
      .join(', ');
  }

  private async agency(language: Language): Promise<string> {
    const [row] = await this.db.query<{ name: Record<string, string | null> | null }>(
      sql`SELECT name FROM agency LIMIT 1`,
    );
    const sender = /^\s*"?(.*?)"?\s*</.exec(this.config.mailFrom)?.[1];
    return row?.name?.[language] ?? row?.name?.vi ?? sender ?? '';
  }
}
