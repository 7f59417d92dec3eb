import { Body, Controller, Get, Headers, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { preferredLanguage } from '../../platform/i18n/i18n.js';
import { ActivitiesService } from './activities.service.js';
import { ContactsMadeQueries } from './contacts-made.queries.js';
import {
  ActivitiesQuery,
  ActivityAnswer,
  ActivityPage,
  ContactsMade,
  LogActivity,
  MoveLead,
  StageHistory,
  TimelinePage,
  TimelineQuery,
} from './lead-records.dto.js';
import { LeadRecordsQueries } from './lead-records.queries.js';
import { AssignLead, ChangeLead, CreateLead, LeadAnswer, LeadPage, LeadsQuery } from './leads.dto.js';
import { LeadsQueries } from './leads.queries.js';
import { LeadsService } from './leads.service.js';
import { withInstants } from './instants.js';

@ApiTags('leads')
@Controller('api/v1/leads')
export class LeadsController {
  constructor(
    private readonly leads: LeadsService,
    private readonly activities: ActivitiesService,
    private readonly queries: LeadsQueries,
    private readonly records: LeadRecordsQueries,
    private readonly contactsMade: ContactsMadeQueries,
  ) {}

  /** Sorts: lastActivityAt (default, newest first), createdAt, stageSince, nextActionAt, name (of the firm), reference. */
  @Get()
  @Allow('lead.read')
  list(@Query() query: LeadsQuery): Promise<LeadPage> {
    return this.queries.list(query);
  }

  @Post()
  @Allow('lead.write')
  async create(@Body() body: CreateLead): Promise<LeadAnswer> {
    return this.queries.get((await this.leads.create(withInstants(body))).id);
  }

  @Get(':id')
  @Allow('lead.read')
  get(@Id() id: string): Promise<LeadAnswer> {
    return this.queries.get(id);
  }

  /** By its owner, a helper or a manager. */
  @Patch(':id')
  @Allow('lead.write')
  async change(@Id() id: string, @IfMatch() version: number, @Body() body: ChangeLead): Promise<LeadAnswer> {
    await this.leads.change(id, withInstants(body), version);
    return this.queries.get(id);
  }

  /**
   * Forward to any later stage whose gates, and those of every stage passed over, are satisfied; one stage back;
   * out to `lost` or `dormant`; from there back to where it was.
   */
  @Post(':id/stage')
  @HttpCode(200)
  @Allow('lead.write')
  async moveStage(@Id() id: string, @Body() body: MoveLead): Promise<LeadAnswer> {
    await this.leads.moveStage(id, body);
    return this.queries.get(id);
  }

  /** By its owner or a manager. */
  @Post(':id/assign')
  @HttpCode(200)
  @Allow('lead.write')
  async assign(@Id() id: string, @Body() body: AssignLead): Promise<LeadAnswer> {
    await this.leads.assign(id, body);
    return this.queries.get(id);
  }

  /** Calls, meetings, visits, mails and notes, the booked ones too. Sorts: happenedAt, createdAt. */
  @Get(':id/activities')
  @Allow('lead.read')
  listActivities(@Id() id: string, @Query() query: ActivitiesQuery): Promise<ActivityPage> {
    return this.records.activities(id, query);
  }

  @Post(':id/activities')
  @Allow('lead.write')
  async logActivity(@Id() id: string, @Body() body: LogActivity): Promise<ActivityAnswer> {
    return this.records.activity((await this.activities.log(id, withInstants(body))).id);
  }

  /** What colleagues did with this firm in the last thirty days, on any of its leads, and have booked. */
  @Get(':id/colleagues-contacts')
  @Allow('lead.read')
  colleaguesContacts(@Id() id: string): Promise<ContactsMade> {
    return this.contactsMade.byColleagues(id);
  }

  /** The whole story: what officers did, mails, answers, rounds. */
  @Get(':id/timeline')
  @Allow('lead.read')
  timeline(
    @Id() id: string,
    @Query() query: TimelineQuery,
    @Headers('accept-language') accepted?: string,
  ): Promise<TimelinePage> {
    return this.records.timeline(id, query, preferredLanguage(accepted));
  }

  @Get(':id/stage-history')
  @Allow('lead.read')
  stageHistory(@Id() id: string): Promise<StageHistory> {
    return this.records.stageHistory(id);
  }
}
