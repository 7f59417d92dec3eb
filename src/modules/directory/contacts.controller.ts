import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { ConsentQueries } from './consent.queries.js';
import { ConsentService } from './consent.service.js';
import {
  ChangeContact,
  ConsentLedger,
  ContactAnswer,
  ContactPage,
  ContactsQuery,
  CreateContact,
  RecordConsent,
} from './contacts.dto.js';
import { ContactsQueries } from './contacts.queries.js';
import { ContactsService } from './contacts.service.js';

@ApiTags('contacts')
@Controller('api/v1/contacts')
export class ContactsController {
  constructor(
    private readonly contacts: ContactsService,
    private readonly queries: ContactsQueries,
    private readonly consent: ConsentService,
    private readonly consentQueries: ConsentQueries,
  ) {}

  /** Sorts: fullName, isPrimary; with `q` also rank, which is then the default. `q` reads names, telephone numbers and e-mail addresses. */
  @Get()
  @Allow('contact.read')
  list(@Query() query: ContactsQuery): Promise<ContactPage> {
    return this.queries.list(query);
  }

  @Post()
  @Allow('contact.write')
  async create(@Body() body: CreateContact): Promise<ContactAnswer> {
    return this.queries.show(await this.contacts.create(body));
  }

  @Get(':id')
  @Allow('contact.read')
  get(@Id() id: string): Promise<ContactAnswer> {
    return this.queries.show(id);
  }

  @Patch(':id')
  @Allow('contact.write')
  async change(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ChangeContact,
  ): Promise<ContactAnswer> {
    return this.queries.show(await this.contacts.change(id, version, body));
  }

  /** The ledger: every consent and withdrawal. Lines are only added. */
  @Get(':id/consents')
  @Allow('contact.read')
  consents(@Id() id: string): Promise<ConsentLedger> {
    return this.consentQueries.ledger(id);
  }

  @Post(':id/consents')
  @Allow('consent.write')
  async recordConsent(@Id() id: string, @Body() body: RecordConsent): Promise<ConsentLedger> {
    await this.consent.record({ ...body, contactId: id });
    return this.consentQueries.ledger(id);
  }
}
