import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { preferredLanguage } from '../../platform/i18n/i18n.js';
import { AddedPasted, AddPasted, RecognisedList, RecognisePasted } from './pasted.dto.js';
import { PastedLists } from './pasted-lists.service.js';
import { RoundsQueries } from './rounds.queries.js';

@ApiTags('rounds')
@Controller('api/v1/rounds/:id/participations')
export class PastedListsController {
  constructor(
    private readonly lists: PastedLists,
    private readonly rounds: RoundsQueries,
  ) {}

  /**
   * Reads a pasted list and looks for its firms and people among the known ones; writes nothing. A person then decides
   * on each line, and `/participations/bulk` adds what was decided.
   */
  @Post('recognise')
  @HttpCode(200)
  @Allow('round.write')
  async recognise(
    @Id() id: string,
    @Body() body: RecognisePasted,
    @Headers('accept-language') wish?: string,
  ): Promise<RecognisedList> {
    await this.rounds.get(id);
    return this.lists.recognise(id, body, preferredLanguage(wish));
  }

  /**
   * Adds participants, and the firms and people that are new, all or none. Like `/participations`, it makes or joins a
   * lead for each firm. Nobody new has agreed to be written to.
   */
  @Post('bulk')
  @HttpCode(200)
  @Allow('round.write')
  add(@Id() id: string, @Body() body: AddPasted): Promise<AddedPasted> {
    return this.lists.add(id, body);
  }
}
