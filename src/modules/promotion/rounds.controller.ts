import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { CloseAnswer, CloseRound, ReopenAnswer } from './closing.dto.js';
import { RoundProgress } from './progress.dto.js';
import { ProgressQueries } from './progress.queries.js';
import { RoundClosing } from './round-closing.service.js';
import { toClosing } from './round-answers.js';
import { ChangeRound, CreateRound, RoundAnswer, RoundPage, RoundsQuery } from './rounds.dto.js';
import { RoundsQueries } from './rounds.queries.js';
import { RoundsService } from './rounds.service.js';

@ApiTags('rounds')
@Controller('api/v1/rounds')
export class RoundsController {
  constructor(
    private readonly rounds: RoundsService,
    private readonly closing: RoundClosing,
    private readonly queries: RoundsQueries,
    private readonly progressQueries: ProgressQueries,
  ) {}

  /** Sorts: startsOn (default, newest first), endsOn, name, code, createdAt. `q` searches code and name. */
  @Get()
  @Allow('round.read')
  list(@Query() query: RoundsQuery): Promise<RoundPage> {
    return this.queries.list(query);
  }

  @Post()
  @Allow('round.write')
  async create(@Body() body: CreateRound): Promise<RoundAnswer> {
    return this.queries.get(await this.rounds.create(body));
  }

  @Get(':id')
  @Allow('round.read')
  get(@Id() id: string): Promise<RoundAnswer> {
    return this.queries.get(id);
  }

  @Patch(':id')
  @Allow('round.write')
  async change(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ChangeRound,
  ): Promise<RoundAnswer> {
    return this.queries.get(await this.rounds.change(id, body, version));
  }

  /**
   * Starts the follow-up of every lead that took part. With `dryRun` nothing is written and `preview` lists what would be
   * due. Closing again creates nothing twice.
   */
  @Post(':id/close')
  @HttpCode(200)
  @Allow('round.close')
  async close(@Id() id: string, @Body() body: CloseRound): Promise<CloseAnswer> {
    const outcome = await this.closing.close(id, body);
    return { round: await this.queries.get(id), ...toClosing(outcome) };
  }

  /** What came of a round since it was closed, in all and by local day, and what still waits. */
  @Get(':id/progress')
  @Allow('round.read')
  progress(@Id() id: string): Promise<RoundProgress> {
    return this.progressQueries.of(id);
  }

  /** Back to running: what is sent stays, what is not waits until the round is closed anew. */
  @Post(':id/reopen')
  @HttpCode(200)
  @Allow('round.close')
  async reopen(@Id() id: string): Promise<ReopenAnswer> {
    const cancelled = await this.closing.reopen(id);
    return { round: await this.queries.get(id), reminders: { cancelled } };
  }
}
