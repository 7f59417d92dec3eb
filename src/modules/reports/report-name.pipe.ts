import type { PipeTransform } from '@nestjs/common';
import { NotFound } from '../../platform/http/problem.js';
import { REPORT_NAMES, type ReportName } from './report-query.dto.js';

export class ReportNamePipe implements PipeTransform<string, ReportName> {
  transform(value: string): ReportName {
    const name = REPORT_NAMES.find((known) => known === value);
    if (!name) throw new NotFound();
    return name;
  }
}
