import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { IfMatch } from '../../platform/http/if-match.js';
import {
  ChangeUser,
  Colleague,
  CreateUser,
  DeactivateUser,
  toUserAnswer,
  UserAnswer,
  UserPage,
  UsersQuery,
} from './users.dto.js';
import { UsersList } from './users.list.js';
import { UsersQueries } from './users.queries.js';
import { UsersService } from './users.service.js';

@ApiTags('users')
@Controller('api/v1')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly queries: UsersQueries,
    private readonly lists: UsersList,
  ) {}

  /** The active staff by name: whom a lead or a reminder can be given to. */
  @Get('colleagues')
  @Allow('signed-in')
  colleagues(): Promise<Colleague[]> {
    return this.lists.colleagues();
  }

  @Get('users')
  @Allow('user.read')
  list(@Query() query: UsersQuery): Promise<UserPage> {
    return this.lists.read(query, toUserAnswer);
  }

  @Get('users/:id')
  @Allow('user.read')
  async get(@Id() id: string): Promise<UserAnswer> {
    return toUserAnswer(await this.queries.get(id));
  }

  /** Makes an account; without a password the person is invited by mail. */
  @Post('users')
  @Allow('user.write')
  async create(@Body() body: CreateUser): Promise<UserAnswer> {
    return toUserAnswer(await this.users.create(body));
  }

  /** The last active administrator stays one. */
  @Patch('users/:id')
  @Allow('user.write')
  async change(@Id() id: string, @IfMatch() version: number, @Body() body: ChangeUser): Promise<UserAnswer> {
    return toUserAnswer(await this.users.change(id, version, body));
  }

  /** Hands everything over, then ends the account's sessions and keys at once. */
  @Post('users/:id/deactivate')
  @HttpCode(200)
  @Allow('user.write')
  async deactivate(@Id() id: string, @Body() body: DeactivateUser): Promise<UserAnswer> {
    return toUserAnswer(await this.users.deactivate(id, body));
  }

  @Post('users/:id/reactivate')
  @HttpCode(200)
  @Allow('user.write')
  async reactivate(@Id() id: string): Promise<UserAnswer> {
    return toUserAnswer(await this.users.reactivate(id));
  }

  /** Sends the invitation again to someone who has not set a password. */
  @Post('users/:id/invite')
  @HttpCode(202)
  @Allow('user.write')
  async invite(@Id() id: string): Promise<UserAnswer> {
    return toUserAnswer(await this.users.invite(id));
  }
}
