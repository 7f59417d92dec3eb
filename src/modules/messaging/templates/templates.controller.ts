import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseEnumPipe,
  Patch,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../platform/http/allow.js';
import { Id } from '../../../platform/http/fields.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import type { Language } from '../../../platform/i18n/i18n.js';
import { TemplatePreview } from './template-preview.js';
import {
  ChangeTemplate,
  CreateTemplate,
  LetterAnswer,
  PreviewTemplate,
  PutTemplateText,
  TemplateAnswer,
  TemplatePage,
  TemplatesQuery,
  TestMail,
  TestMailAnswer,
} from './templates.dto.js';
import { TemplatesQueries } from './templates.queries.js';
import { TestMails } from './test-mails.js';
import { TemplatesService } from './templates.service.js';

const LANGUAGE = new ParseEnumPipe({ vi: 'vi', en: 'en', zh: 'zh' });

@ApiTags('templates')
@Controller('api/v1/templates')
export class TemplatesController {
  constructor(
    private readonly templates: TemplatesService,
    private readonly queries: TemplatesQueries,
    private readonly previews: TemplatePreview,
    private readonly testMails: TestMails,
  ) {}

  /** Sorts: code, nameVi, updatedAt. */
  @Get()
  @Allow('template.read')
  list(@Query() query: TemplatesQuery): Promise<TemplatePage> {
    return this.queries.list(query);
  }

  /** Variables are checked: one that does not exist answers 400 `unknown_variable`, wrong Liquid `template_syntax`, at the field. */
  @Post()
  @Allow('template.write')
  async create(@Body() body: CreateTemplate): Promise<TemplateAnswer> {
    return this.queries.show(await this.templates.create(body));
  }

  @Get(':id')
  @Allow('template.read')
  get(@Id() id: string): Promise<TemplateAnswer> {
    return this.queries.show(id);
  }

  @Patch(':id')
  @Allow('template.write')
  async change(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ChangeTemplate,
  ): Promise<TemplateAnswer> {
    await this.templates.change(id, version, body);
    return this.queries.show(id);
  }

  /** Writes the text in one language, new or anew. */
  @Put(':id/texts/:language')
  @Allow('template.write')
  async putText(
    @Id() id: string,
    @Param('language', LANGUAGE) language: Language,
    @IfMatch() version: number,
    @Body() body: PutTemplateText,
  ): Promise<TemplateAnswer> {
    await this.templates.putText(id, version, { ...body, language });
    return this.queries.show(id);
  }

  @Delete(':id/texts/:language')
  @Allow('template.write')
  async removeText(
    @Id() id: string,
    @Param('language', LANGUAGE) language: Language,
    @IfMatch() version: number,
  ): Promise<TemplateAnswer> {
    await this.templates.removeText(id, version, language);
    return this.queries.show(id);
  }

  /** The letter with made-up people; the stored text, or the one given. Nothing is sent. */
  @Post(':id/preview')
  @HttpCode(200)
  @Allow('template.read')
  preview(@Id() id: string, @Body() body: PreviewTemplate): Promise<LetterAnswer> {
    return this.previews.preview(id, body);
  }

  /**
   * The same letter by mail to your own address, its subject marked as a test; at most ten an hour. It is not listed
   * among the messages. A program's key has no address: 409 `program_without_address`.
   */
  @Post(':id/test-mail')
  @HttpCode(200)
  @Allow('template.read')
  testMail(@Id() id: string, @Body() body: TestMail): Promise<TestMailAnswer> {
    return this.testMails.send(id, body);
  }
}
