import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { SequenceList } from './sequences.dto.js';
import { SequencesQueries } from './sequences.queries.js';

@ApiTags('leads')
@Controller('api/v1/leads/:id/sequences')
export class LeadSequencesController {
  constructor(private readonly queries: SequencesQueries) {}

  /** The follow-ups of a lead: what was done, what is to come, and why one ended. */
  @Get()
  @Allow('lead.read')
  ofLead(@Id() id: string): Promise<SequenceList> {
    return this.queries.ofLead(id);
  }
}
