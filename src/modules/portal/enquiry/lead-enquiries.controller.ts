import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../platform/http/allow.js';
import { Id } from '../../../platform/http/fields.js';
import { EnquiriesQueries } from './enquiries.queries.js';
import { LeadEnquiries } from './lead-enquiries.dto.js';

@ApiTags('leads')
@Controller('api/v1/leads')
export class LeadEnquiriesController {
  constructor(private readonly enquiries: EnquiriesQueries) {}

  /** What the investor asked through the public site, newest first, and whether each was acknowledged and answered. */
  @Get(':id/enquiries')
  @Allow('lead.read')
  async ofLead(@Id() id: string): Promise<LeadEnquiries> {
    return { items: await this.enquiries.ofLead(id) };
  }
}
