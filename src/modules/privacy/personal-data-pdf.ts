import { DateTime } from 'luxon';
import { hasWords, translate, type Language } from '../../platform/i18n/i18n.js';
import { finishPdf, startPdf, type Pdf } from '../../platform/pdf/pdf.js';
import type { PersonalDataExport, PersonalDataRow } from './personal-data.service.js';

const FORMATS: Record<Language, string> = {
  vi: 'HH:mm dd/MM/yyyy',
  en: 'd LLLL yyyy, HH:mm',
  zh: 'yyyy年M月d日 HH:mm',
};
/** Fields whose values are codes of ours. */
const CODED = new Set(['action', 'channel', 'status', 'kind', 'answer', 'language', 'emailState', 'outcome']);
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** The export for reading, in the person's language. */
export async function personalDataPdf(
  data: PersonalDataExport,
  { agency, timeZone }: { agency: string; timeZone: string },
): Promise<Buffer> {
  const { language } = data;
  const words = (key: string, params: Record<string, unknown> = {}) =>
    translate(language, `privacy:${key}`, params);
  const pdf = await startPdf({
    language,
    title: words('export_title'),
    author: agency,
    createdAt: new Date(data.madeAt),
  });
  pdf.font('bold').fontSize(18).text(words('export_title')).moveDown(0.3);
  pdf
    .font('regular')
    .fontSize(10)
    .text(
      words('export_intro', {
        name: data.fullName,
        agency,
        at: moment(data.madeAt, language, timeZone),
      }),
    );
  for (const { key, rows } of data.sections) {
    pdf
      .moveDown()
      .font('bold')
      .fontSize(13)
      .text(words(`section_${key}`));
    if (rows.length === 0) pdf.font('regular').fontSize(10).text(words('export_nothing'));
    for (const row of rows) drawRow(pdf, row, language, timeZone);
  }
  return finishPdf(pdf);
}

function drawRow(pdf: Pdf, row: PersonalDataRow, language: Language, timeZone: string): void {
  pdf.moveDown(0.4);
  for (const [field, value] of Object.entries(row)) {
    if (value === null || value === '') continue;
    pdf
      .font('bold')
      .fontSize(10)
      .text(`${translate(language, `privacy:field_${field}`)}: `, { continued: true })
      .font('regular')
      .text(shown(field, String(value), language, timeZone));
  }
}

function shown(field: string, value: string, language: Language, timeZone: string): string {
  if (INSTANT.test(value)) return moment(value, language, timeZone);
  const key = `privacy:code_${value}`;
  return CODED.has(field) && hasWords(language, key) ? translate(language, key) : value;
}

function moment(at: string, language: Language, timeZone: string): string {
  return DateTime.fromISO(at, { zone: timeZone }).setLocale('en').toFormat(FORMATS[language]);
}
