import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsObject } from 'class-validator';
import { Line, MayBeAbsent, NamedRef } from '../../platform/http/fields.js';
import { USER_LANGUAGES, type UserLanguage } from '../identity/app-user.entity.js';
import { QUESTION_REPORTS, type QuestionReport } from '../reports/report-questions.queries.js';

export class CreateReportFeed {
  /** One line, at most 100 characters. */
  @Line(100)
  name: string;

  @IsIn(QUESTION_REPORTS)
  report: QuestionReport;

  /**
   * Names and values of the report's query string, without `format`. No person is named by a feed: neither grouped by
   * officer nor narrowed to an officer, a firm or a name. @example { "groupBy": "stage", "kind": "secondary" }
   */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  @IsObject()
  query: Record<string, string>;

  /** Of the headings; the maker's own when left out. */
  @MayBeAbsent()
  @IsIn(USER_LANGUAGES)
  language?: UserLanguage;
}

export class ReportFeedAnswer {
  id: string;
  name: string;
  report: QuestionReport;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  query: Record<string, string>;
  language: UserLanguage;
  /** The feed answers only while this person may read reports. */
  maker: NamedRef;
  createdAt: string;
}

export class CreatedReportFeed extends ReportFeedAnswer {
  /** What a spreadsheet reads; told only now. Whoever has it reads the feed. @example "https://…/api/public/v1/report-feeds/….csv" */
  address: string;
}

export class ReportFeedList {
  /** Newest first. */
  items: ReportFeedAnswer[];
}
