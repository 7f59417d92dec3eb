import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../platform/http/allow.js';
import { Id } from '../../../platform/http/fields.js';
import { MailPreferencesAnswer } from './mail-preferences.dto.js';
import { MailPreferences } from './mail-preferences.service.js';

@ApiTags('contacts')
@Controller('api/v1/contacts')
export class MailPreferencesController {
  constructor(private readonly preferences: MailPreferences) {}

  /** What the person chose to get by mail, to be read only: it is theirs. */
  @Get(':id/mail-preferences')
  @Allow('contact.read')
  show(@Id() id: string): Promise<MailPreferencesAnswer> {
    return this.preferences.shown(id);
  }
}
