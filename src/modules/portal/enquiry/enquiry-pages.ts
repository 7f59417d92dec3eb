import { Injectable } from '@nestjs/common';
import { Calendar } from '../../../platform/calendar/calendar.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { translate, type Language } from '../../../platform/i18n/i18n.js';
import { ClustersQueries } from '../../directory/clusters.queries.js';
import { ACKNOWLEDGE_WITHIN, ANSWER_WITHIN } from '../../leads/lead.rules.js';
import { districtIn, namedDayIn } from '../site/format.rules.js';
import { portalPage } from '../site/portal-page.js';
import { countriesIn } from './countries.js';
import { receiptToken, type Receipt } from './form-token.rules.js';
import { printable, readTyped, type TypedEnquiry, type TypedFault } from './typed-enquiry.js';
import type { UnconfirmedEnquiry } from './unconfirmed-enquiry.entity.js';

const FORM = { path: '/enquiry', section: 'enquiry' };

interface FormShown {
  token: string;
  note?: string;
  faults?: TypedFault[];
}

/** The pages of an enquiry: the form, what comes of it, its confirmation, and what becomes of what was typed. */
@Injectable()
export class EnquiryPages {
  constructor(
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly config: Config,
    private readonly clusters: ClustersQueries,
  ) {}

  /** Empty, with the clusters chosen that the reader comes from. */
  blank(language: Language, clusters: unknown, token: string): Promise<string> {
    const typed = readTyped({ clusters, language, country: language === 'zh' ? 'CN' : 'VN' });
    return this.form(language, typed, { token });
  }

  async form(
    language: Language,
    typed: TypedEnquiry,
    { token, note, faults = [] }: FormShown,
  ): Promise<string> {
    const offered = await this.clusters.publicList();
    const shown = printable(typed);
    const words = faults.map(({ field, key, params }) => ({
      field,
      words: translate(language, `pages:${key}`, params),
    }));
    return portalPage('enquiry', language, {
      ...FORM,
      noindex: note !== undefined,
      description: translate(language, 'pages:enquiry_description'),
      prefix: language === 'vi' ? '' : `/${language}`,
      token,
      note,
      faults: words,
      fault: Object.fromEntries(words.map(({ field, words: said }) => [field, said])),
      typed: { ...shown, language: shown.language || language },
      countries: countriesIn(language),
      languageChoices: LANGUAGE_CHOICES,
      clusters: offered.map(({ code, name, planningDistrict }) => ({
        code,
        name,
        district: districtIn(language, planningDistrict.name),
        chosen: shown.clusters.includes(code),
      })),
      anyChosen: shown.clusters.length > 0 || faults.some(({ field }) => field === 'clusters'),
    });
  }

  /** Where the browser goes after the form was sent. */
  receiptPath(language: Language, receipt: Receipt): string {
    const prefix = language === 'vi' ? '' : `/${language}`;
    return `${prefix}/enquiry/received/${receiptToken(receipt, this.config.secretKey)}`;
  }

  async received(language: Language, receipt: Receipt, token: string): Promise<string> {
    const calendar = await this.calendar.view();
    const day = (amount: number) =>
      namedDayIn(language, calendar.addWorkingDays(receipt.receivedAt, amount), this.clock.timeZone);
    return portalPage('enquiry-received', language, {
      path: `/enquiry/received/${token}`,
      section: 'enquiry',
      noindex: true,
      ...receipt,
      acknowledgeBy: day(ACKNOWLEDGE_WITHIN),
      answerBy: day(ANSWER_WITHIN),
      prefix: language === 'vi' ? '' : `/${language}`,
    });
  }

  confirm(language: Language, waiting: UnconfirmedEnquiry, token: string): Promise<string> {
    return portalPage('enquiry-confirm', language, {
      path: `/enquiry/confirm/${token}`,
      section: 'enquiry',
      noindex: true,
      prefix: language === 'vi' ? '' : `/${language}`,
      token,
      reference: waiting.reference,
      firmName: waiting.body.firm.name,
      message: waiting.body.message,
    });
  }

  privacy(language: Language): Promise<string> {
    return portalPage('privacy', language, {
      path: '/privacy',
      description: translate(language, 'pages:privacy_description'),
      prefix: language === 'vi' ? '' : `/${language}`,
    });
  }
}

/** Each in its own language. */
const LANGUAGE_CHOICES = [
  { code: 'vi', name: 'Tiếng Việt' },
  { code: 'en', name: 'English' },
  { code: 'zh', name: '中文' },
];
