import { Body, Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/database/actor.js';
import { ActorParam, Allow } from '../../../platform/http/allow.js';
import { Id } from '../../../platform/http/fields.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { Forbidden } from '../../../platform/http/problem.js';
import {
  AbsenceAnswer,
  AbsenceList,
  AddAbsence,
  SetVisitingHours,
  toAbsenceAnswer,
  toHoursAnswer,
  VisitingHoursAnswer,
} from './visiting-hours.dto.js';
import { VisitingHoursService } from './visiting-hours.service.js';

/** One's own. */
@ApiTags('meetings')
@Controller('api/v1/me')
export class MyVisitingHoursController {
  constructor(private readonly hours: VisitingHoursService) {}

  /** When I receive investors; the agency's working hours until I say otherwise. */
  @Get('visiting-hours')
  @Allow('meeting.read')
  async get(@ActorParam() actor: Actor): Promise<VisitingHoursAnswer> {
    return toHoursAnswer(await this.hours.get(personOf(actor)));
  }

  @Put('visiting-hours')
  @Allow('meeting.write')
  async put(
    @ActorParam() actor: Actor,
    @IfMatch() version: number,
    @Body() body: SetVisitingHours,
  ): Promise<VisitingHoursAnswer> {
    return toHoursAnswer(await this.hours.put(personOf(actor), version, body));
  }

  /** Days on which I receive nobody. */
  @Get('absences')
  @Allow('meeting.read')
  async absences(@ActorParam() actor: Actor): Promise<AbsenceList> {
    return { items: (await this.hours.absences(personOf(actor))).map(toAbsenceAnswer) };
  }

  /** What is booked on these days stays booked, and becomes a task. */
  @Post('absences')
  @Allow('meeting.write')
  async addAbsence(@ActorParam() actor: Actor, @Body() body: AddAbsence): Promise<AbsenceAnswer> {
    return toAbsenceAnswer(await this.hours.addAbsence(personOf(actor), body));
  }

  @Delete('absences/:id')
  @HttpCode(204)
  @Allow('meeting.write')
  removeAbsence(@ActorParam() actor: Actor, @Id() id: string): Promise<void> {
    return this.hours.removeAbsence(personOf(actor), id);
  }
}

/** A colleague's; a manager's business. */
@ApiTags('meetings')
@Controller('api/v1/users/:id')
export class VisitingHoursController {
  constructor(private readonly hours: VisitingHoursService) {}

  @Get('visiting-hours')
  @Allow('meeting.read')
  async get(@Id() id: string): Promise<VisitingHoursAnswer> {
    return toHoursAnswer(await this.hours.get(id));
  }

  @Put('visiting-hours')
  @Allow('meeting.write_any')
  async put(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: SetVisitingHours,
  ): Promise<VisitingHoursAnswer> {
    return toHoursAnswer(await this.hours.put(id, version, body));
  }

  @Get('absences')
  @Allow('meeting.read')
  async absences(@Id() id: string): Promise<AbsenceList> {
    return { items: (await this.hours.absences(id)).map(toAbsenceAnswer) };
  }

  @Post('absences')
  @Allow('meeting.write_any')
  async addAbsence(@Id() id: string, @Body() body: AddAbsence): Promise<AbsenceAnswer> {
    return toAbsenceAnswer(await this.hours.addAbsence(id, body));
  }

  @Delete('absences/:absenceId')
  @HttpCode(204)
  @Allow('meeting.write_any')
  removeAbsence(@Id() id: string, @Id('absenceId') absenceId: string): Promise<void> {
    return this.hours.removeAbsence(id, absenceId);
  }
}

/** A program receives nobody. */
function personOf(actor: Actor): string {
  if (actor.kind !== 'user' || !actor.id) throw new Forbidden();
  return actor.id;
}
