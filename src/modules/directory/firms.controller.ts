import { Body, Controller, Get, Headers, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { preferredLanguage } from '../../platform/i18n/i18n.js';
import { ContactAnswer, ContactPage, ContactsQuery, CreateFirmContact } from './contacts.dto.js';
import { ContactsQueries } from './contacts.queries.js';
import { ContactsService } from './contacts.service.js';
import {
  ChangeFirm,
  CreateFirm,
  DuplicatesQuery,
  FirmAnswer,
  FirmDuplicates,
  FirmPage,
  FirmsQuery,
  taxCodeFieldWarnings,
  toFirmAnswer,
} from './firms.dto.js';
import { FirmsQueries } from './firms.queries.js';
import { FirmsService } from './firms.service.js';
import { normalTaxCode } from './tax-code.rules.js';

@ApiTags('firms')
@Controller('api/v1/firms')
export class FirmsController {
  constructor(
    private readonly firms: FirmsService,
    private readonly queries: FirmsQueries,
    private readonly contacts: ContactsService,
    private readonly contactsQueries: ContactsQueries,
  ) {}

  /** Sorts: name, createdAt; with `q` also rank, which is then the default. `q` reads names, tax codes, telephone numbers and e-mail addresses. */
  @Get()
  @Allow('firm.read')
  list(@Query() query: FirmsQuery): Promise<FirmPage> {
    return this.queries.list(query);
  }

  /** A tax code that another firm has answers 409 `firm_exists` with the firm's id as `existingId`; ask `/firms/duplicates` for near ones first. */
  @Post()
  @Allow('firm.write')
  async create(@Body() body: CreateFirm, @Headers('accept-language') accept?: string): Promise<FirmAnswer> {
    return toFirmAnswer(await this.firms.create(body), preferredLanguage(accept));
  }

  /** Firms that may be the same as one about to be recorded, and what is doubtful about it. */
  @Get('duplicates')
  @Allow('firm.read')
  async duplicates(
    @Query() query: DuplicatesQuery,
    @Headers('accept-language') accept?: string,
  ): Promise<FirmDuplicates> {
    const taxCode = query.taxCode ? normalTaxCode(query.taxCode) : null;
    return {
      items: await this.queries.duplicatesOf(query),
      warnings: taxCodeFieldWarnings(taxCode, preferredLanguage(accept)),
    };
  }

  @Get(':id')
  @Allow('firm.read')
  async get(@Id() id: string, @Headers('accept-language') accept?: string): Promise<FirmAnswer> {
    return toFirmAnswer(await this.queries.get(id), preferredLanguage(accept));
  }

  @Patch(':id')
  @Allow('firm.write')
  async change(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ChangeFirm,
    @Headers('accept-language') accept?: string,
  ): Promise<FirmAnswer> {
    return toFirmAnswer(await this.firms.change(id, version, body), preferredLanguage(accept));
  }

  /** The firm's people, the primary one first. */
  @Get(':id/contacts')
  @Allow('contact.read')
  async listContacts(@Id() id: string, @Query() query: ContactsQuery): Promise<ContactPage> {
    const firm = await this.queries.get(id);
    return this.contactsQueries.list({
      ...query,
      firmId: [firm.id],
      sort: query.sort ?? '-isPrimary,fullName',
    });
  }

  @Post(':id/contacts')
  @Allow('contact.write')
  async addContact(@Id() id: string, @Body() body: CreateFirmContact): Promise<ContactAnswer> {
    return this.contactsQueries.show(await this.contacts.create({ ...body, firmId: id }));
  }
}
