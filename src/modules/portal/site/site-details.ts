import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { Config } from '../../../platform/config/config.js';
import type { Language } from '../../../platform/i18n/i18n.js';
import { AgencyService } from '../../directory/agency/agency.service.js';

/** Whose site it is, in one language; what the agency has not told is null. */
export interface SiteHost {
  name: string;
  address: string | null;
  workingHours: string | null;
  /** E.164. */
  phone: string | null;
  /** In groups. @example "+84 205 3812 345" */
  phoneShown: string | null;
  email: string | null;
  website: string | null;
  /** Of the open data. */
  licence: { name: string; url: string };
}

type Translations = Record<Language, string | null>;

const running: SiteDetails[] = [];

/** The agency and the address of the site that this program runs, for every page that it renders. */
@Injectable()
export class SiteDetails implements OnModuleInit, OnModuleDestroy {
  constructor(
    private readonly config: Config,
    private readonly agency: AgencyService,
  ) {}

  onModuleInit(): void {
    running.push(this);
  }

  onModuleDestroy(): void {
    running.splice(running.indexOf(this), 1);
  }

  /** Without a slash at its end. */
  get address(): string {
    return this.config.appUrl;
  }

  async host(language: Language): Promise<SiteHost> {
    const { name, address, phone, email, website, workingHours, openData } = await this.agency.get();
    return {
      name: saidIn(language, name) ?? '',
      address: saidIn(language, address),
      workingHours: saidIn(language, workingHours),
      phone,
      phoneShown: (phone && parsePhoneNumberFromString(phone)?.formatInternational()) ?? phone,
      email,
      website,
      licence: openData.licence,
    };
  }
}

/** In the reader's language, or else in the one that most readers know; null when nobody has entered it. */
export function saidIn(language: Language, said: Translations | null): string | null {
  return said && (said[language] || (language === 'zh' && said.en) || said.vi || said.en || said.zh || null);
}

/** Of the program that started last: pages are rendered by plain functions, in filters too. */
export function siteDetails(): SiteDetails | undefined {
  return running.at(-1);
}
