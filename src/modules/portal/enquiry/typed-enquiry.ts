import { ProblemError, type FieldFault } from '../../../platform/http/problem.js';
import { StrictValidationPipe } from '../../../platform/http/validation.pipe.js';
import { LANGUAGES, type Language } from '../../../platform/i18n/i18n.js';
import { EnquiryBody } from './enquiry.dto.js';

/** The form as it was typed: what is shown again when something is wrong. */
export interface TypedEnquiry {
  firmName: string;
  taxCode: string;
  country: string;
  fullName: string;
  email: string;
  phone: string;
  language: string;
  kind: string;
  clusters: string[];
  message: string;
  promotionMail: boolean;
  /** The field that people do not see. */
  website: string;
  form: string;
}

export type TypedField = keyof TypedEnquiry;

export interface TypedFault {
  field: TypedField;
  /** The key of its words. */
  key: string;
  params: Record<string, unknown>;
}

const FIELD_OF_PATH: Record<string, TypedField> = {
  'firm.name': 'firmName',
  'firm.taxCode': 'taxCode',
  'firm.country': 'country',
  'contact.fullName': 'fullName',
  'contact.email': 'email',
  'contact.phone': 'phone',
  'contact.language': 'language',
  kind: 'kind',
  clusterCodes: 'clusters',
  message: 'message',
};

/** In the order of the page. */
const ORDER = Object.values(FIELD_OF_PATH);

const strict = new StrictValidationPipe();

/** Whatever came in as a form; of a field that comes twice, the last one counts. */
export function readTyped(body: unknown): TypedEnquiry {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const all = (name: string): string[] =>
    [fields[name]].flat().filter((value): value is string => typeof value === 'string');
  const one = (name: string): string => all(name).at(-1) ?? '';
  return {
    firmName: one('firmName'),
    taxCode: one('taxCode'),
    country: one('country'),
    fullName: one('fullName'),
    email: one('email'),
    phone: one('phone'),
    language: one('language'),
    kind: one('kind'),
    clusters: [...new Set(all('clusters'))].filter(Boolean),
    message: one('message'),
    promotionMail: one('promotionMail') === 'yes',
    website: one('website'),
    form: one('form'),
  };
}

/** By the rules of `EnquiryBody`; the faults in the order of the page. */
export async function judge(typed: TypedEnquiry): Promise<EnquiryBody | TypedFault[]> {
  try {
    return (await strict.transform(bodyOf(typed), { type: 'body', metatype: EnquiryBody })) as EnquiryBody;
  } catch (error) {
    if (error instanceof ProblemError && error.faults.length > 0) return faultsOf(error.faults, typed);
    throw error;
  }
}

/** One for each field. A fault of something that is no field of the page is the message's. */
export function faultsOf(faults: readonly FieldFault[], typed: TypedEnquiry): TypedFault[] {
  const byField = new Map<TypedField, TypedFault>();
  for (const { path, code, params = {} } of faults) {
    const field = FIELD_OF_PATH[path.replace(/\.\d+$/, '')] ?? 'message';
    if (!byField.has(field)) byField.set(field, { field, key: keyOf(field, code, typed), params });
  }
  return [...byField.values()].sort((a, b) => ORDER.indexOf(a.field) - ORDER.indexOf(b.field));
}

function keyOf(field: TypedField, code: string, typed: TypedEnquiry): string {
  const value = typed[field];
  if (typeof value === 'string' && value.trim() === '') return `enquiry_need_${field}`;
  if (code === 'too_long') return 'enquiry_too_long';
  if (code === 'too_many') return 'enquiry_too_many';
  if (code === 'invalid_characters') return 'enquiry_characters';
  return ['taxCode', 'email', 'phone', 'clusters'].includes(field)
    ? `enquiry_wrong_${field}`
    : 'enquiry_characters';
}

/** Left out where nothing was chosen: the page asks for it, the rules say what is missing. */
function bodyOf(typed: TypedEnquiry): object {
  const { firmName, taxCode, country, fullName, email, phone, language, kind, clusters, message } = typed;
  const known: Language | undefined = LANGUAGES.find((one) => one === language);
  return {
    firm: { name: firmName, taxCode, ...(country && { country }) },
    contact: { fullName, email: email.trim(), phone, ...(known && { language: known }) },
    kind,
    clusterCodes: clusters,
    message,
    ...(typed.promotionMail && { consent: { promotionMail: true } }),
    ...(typed.website && { website: typed.website.slice(0, 200) }),
  };
}

/** What may stand on a page: a NUL or half a character may not. */
export function printable(typed: TypedEnquiry): TypedEnquiry {
  const clean = (value: string): string => value.toWellFormed().replaceAll('\u0000', '');
  return {
    ...typed,
    ...Object.fromEntries(
      Object.entries(typed).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, clean(value)]] : [],
      ),
    ),
    clusters: typed.clusters.map(clean),
  };
}
