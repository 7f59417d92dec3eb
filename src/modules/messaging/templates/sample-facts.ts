import type { Language } from '../../../platform/i18n/i18n.js';
import type { ClusterForDraft } from '../draft-context.queries.js';
import type { LetterFacts } from '../letters/letter-values.js';
import type { Template } from './template.entity.js';

const NOBODY = '00000000-0000-7000-8000-000000000000';

const NAMES: Record<Language, { firmName: string; fullName: string; round: string; event: string }> = {
  vi: {
    firmName: 'Công ty Cổ phần Mẫu',
    fullName: 'Nguyễn Văn An',
    round: 'Đợt xúc tiến đầu tư (mẫu)',
    event: 'Hội nghị (mẫu)',
  },
  en: {
    firmName: 'Sample Company Ltd',
    fullName: 'Alex Morgan',
    round: 'Promotion round (sample)',
    event: 'Conference (sample)',
  },
  zh: { firmName: '样例有限公司', fullName: '王伟', round: '投资促进活动（样例）', event: '推介会（样例）' },
};

const OBSTACLES: Record<Language, { title: string; answer: string }> = {
  vi: { title: 'Chưa có điểm đấu nối nước thải', answer: 'Điểm đấu nối đã được bàn giao ngày 12/05/2026.' },
  en: { title: 'No connection for wastewater yet', answer: 'The connection was handed over on 12 May 2026.' },
  zh: { title: '尚无污水接入点', answer: '接入点已于2026年5月12日移交。' },
};

/** Nobody and nothing real, for previews. */
export function sampleFacts(
  { purpose, audience }: Pick<Template, 'purpose' | 'audience'>,
  language: Language,
): LetterFacts {
  const { firmName, fullName, round, event } = NAMES[language];
  return {
    messageId: NOBODY,
    purpose,
    audience,
    language,
    contact: { firmName, fullName, title: null },
    officer: { name: 'Hoàng Thị Lan', email: 'lan@example.vn', title: null, phone: '+842053812345' },
    recipient: { name: 'Hoàng Thị Lan' },
    lead: { id: NOBODY, reference: 'CH-2026-000001', firmName, contactName: fullName, contactTitle: null },
    clusters: [cluster(1, '75.00', 'calling_for_investor'), cluster(2, '42.50', 'established')],
    round: { name: round },
    event: { name: event, place: 'Lạng Sơn', startsAt: new Date('2026-05-20T01:30:00Z') },
    task: {
      titleVi: 'Gọi điện cho nhà đầu tư',
      titleEn: 'Call the investor',
      dueAt: new Date('2026-05-20T02:00:00Z'),
      daysLate: 2,
    },
    answer: { answer: 'visit', note: null, untilDay: null },
    request: {
      id: NOBODY,
      reference: 'DL-2026-000001',
      kind: 'copy',
      receivedAt: new Date('2026-05-20T02:00:00Z'),
      dueAt: new Date('2026-05-30T02:00:00Z'),
      reason: null,
    },
    obstacle: OBSTACLES[language],
    mail: { from: fullName, subject: round, text: event },
    previousOwner: { name: 'Lương Văn Minh' },
    meeting: {
      kind: 'site_visit',
      startsAt: new Date('2026-05-20T01:30:00Z'),
      endsAt: new Date('2026-05-20T03:00:00Z'),
      place: `${cluster(1, '75.00', 'calling_for_investor').name}, Lạng Sơn`,
      note: null,
      reason: null,
    },
  };
}

function cluster(number: number, areaHa: string, status: string): ClusterForDraft {
  const names = { code: `mau-${number}`, name: `Cụm công nghiệp Mẫu ${number}`, district: 'Mẫu' };
  return { id: NOBODY, ...names, areaHa, status, summaryVi: null, summaryEn: null, summaryZh: null };
}
