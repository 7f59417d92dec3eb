import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../platform/http/allow.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { AgencyAnswer, ChangeAgency } from './agency.dto.js';
import { AgencyService } from './agency.service.js';

/** The agency's own details, as every public page and letter shows them. */
@ApiTags('agency')
@Controller('api/v1/agency')
export class AgencyController {
  constructor(private readonly agency: AgencyService) {}

  @Get()
  @Allow('agency.read')
  get(): Promise<AgencyAnswer> {
    return this.agency.get();
  }

  @Patch()
  @Allow('agency.write')
  change(@IfMatch() version: number, @Body() body: ChangeAgency): Promise<AgencyAnswer> {
    return this.agency.update(version, body);
  }
}
