import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../platform/http/allow.js';
import { Id } from '../../../platform/http/fields.js';
import { CaseVisitorList, SendCaseLink } from './case-visitors.dto.js';
import { CaseVisitors } from './case-visitors.service.js';

@ApiTags('leads')
@Controller('api/v1/leads')
export class CaseVisitorsController {
  constructor(private readonly visitors: CaseVisitors) {}

  /** Who of the investor's side may look at its case, and when each last did. */
  @Get(':id/case-visitors')
  @Allow('lead.read')
  list(@Id() id: string): Promise<CaseVisitorList> {
    return this.visitors.list(id);
  }

  /** Sends that person a mail with a link to the case. */
  @Post(':id/case-links')
  @HttpCode(200)
  @Allow('lead.write')
  async send(@Id() id: string, @Body() body: SendCaseLink): Promise<CaseVisitorList> {
    await this.visitors.send(id, body.contactId);
    return this.visitors.list(id);
  }

  /** That person sees the case no longer, also not by links that were sent before. */
  @Delete(':id/case-visitors/:contactId')
  @HttpCode(204)
  @Allow('lead.write')
  end(@Id() id: string, @Id('contactId') contactId: string): Promise<void> {
    return this.visitors.end(id, contactId);
  }
}
