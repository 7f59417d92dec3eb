import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { AuditPage, AuditQuery, toAuditAnswer } from './audit.dto.js';
import { AuditQueries } from './audit.queries.js';

@ApiTags('audit')
@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly audit: AuditQueries) {}

  /** Who changed what, newest first. */
  @Get()
  @Allow('audit.read')
  list(@Query() query: AuditQuery): Promise<AuditPage> {
    return this.audit.read(query, toAuditAnswer);
  }
}
