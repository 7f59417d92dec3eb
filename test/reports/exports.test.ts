import { describe, expect, it } from '@jest/globals';
import { compute, columnOf, download, readCsv, readPdf, readXlsx, type SheetCell } from './exported.js';
import { reporting } from './reporting.js';

const on = reporting(20_260_302, 60);

const GROUPINGS = ['stage', 'owner', 'cluster', 'planningDistrict', 'source', 'round', 'month'];
const REPORTS = [
  ...GROUPINGS.map((groupBy) => `pipeline?groupBy=${groupBy}`),
  ...GROUPINGS.map((groupBy) => `ageing?groupBy=${groupBy}`),
  ...['ownerStep', 'owner', 'step', 'round'].map((groupBy) => `follow-up?groupBy=${groupBy}`),
  'pipeline?asOf=2026-01-10&groupBy=owner&kind=secondary',
  'pipeline?q=nobody-is-called-so',
  'rounds?groupBy=round',
];

interface Figures {
  [name: string]: unknown;
  value?: number;
  unknown?: { value: number };
  known?: number;
  sums?: { value: { amount: string; currency: string } }[];
  atDays?: { day: number; value: number | null }[];
}

const NAMES: Record<string, string> = {
  leads: 'count',
  area_ha: 'areaHa',
  jobs: 'jobsPromised',
  mails_sent: 'mailsSent',
};

/** What the JSON says for a heading; undefined for a column of words. */
function told(
  heading: string,
  report: string,
  group: Record<string, unknown> & { figures: Record<string, Figures> },
) {
  const { figures } = group;
  for (const { key, param } of columnOf(heading)) {
    const name = key.replace(/_unknown$|_at_day$/, '');
    const figure =
      figures[
        report === 'rounds' && key === 'leads'
          ? 'leads'
          : (NAMES[name] ?? name === 'area')
            ? (NAMES[name] ?? 'areaHa')
            : name
      ];
    if (key === 'budget') return moneyOf(group.budget, param) ?? moneyOf(group.budgets, param);
    if (key === 'cost_per_qualified')
      return moneyOf((group.costPerQualifiedLead as Figures | undefined)?.value, param) ?? null;
    if (figure === undefined || Array.isArray(figure)) continue;
    if (key.endsWith('_unknown')) return figure.unknown!.value;
    if (key.endsWith('_at_day')) return figure.atDays!.find(({ day }) => day === Number(param))!.value;
    const nothingKnown =
      (figure.sums ? figure.sums.length === 0 : figure.known === 0) && figure.unknown!.value > 0;
    if (nothingKnown) return null;
    if (figure.sums)
      return Number(figure.sums.find(({ value }) => value.currency === param)?.value.amount ?? 0);
    return figure.value;
  }
  return undefined;
}

function moneyOf(money: unknown, currency: string | undefined): number | null {
  const one = [money].flat().find((sum) => (sum as { currency?: string } | null)?.currency === currency);
  return one ? Number((one as { amount: string }).amount) : null;
}

interface Told {
  groups: ({ label?: string } & Parameters<typeof told>[2])[];
  totals: Record<string, Figures>;
  notes: { text: string }[];
  asOf: string;
}

const numberIn = (cell: SheetCell | undefined): number | null =>
  typeof cell?.value === 'number' ? cell.value : null;
const with_ = (path: string, format: string) => `${path}${path.includes('?') ? '&' : '?'}format=${format}`;
const inEnglish = async (path: string): Promise<Told> =>
  (await on.manager.get<Told>(`/api/v1/reports/${path}`, { 'accept-language': 'en' })).body;

describe.each(REPORTS)('%s', (path) => {
  const report = path.split('?')[0]!;
  const whole = (found: Told) =>
    ({ ...found.totals, figures: found.totals }) as unknown as Parameters<typeof told>[2];

  it('as a workbook, every figure is the number of the JSON, and each formula computes to its total', async () => {
    const found = await inEnglish(path);
    const { content, headers } = await download(on.t, on.manager, with_(path, 'xlsx'));
    expect(headers['content-disposition']).toContain(`-${found.asOf}.xlsx"`);
    const [table, about] = readXlsx(content);
    const heads = table!.rows[0]!.map(({ value }) => String(value));
    expect(table!.rows).toHaveLength(found.groups.length + 2);
    let checked = 0;
    heads.forEach((heading, column) => {
      [...found.groups, whole(found)].forEach((group, place) => {
        const expected = told(heading, report, group);
        if (expected === undefined) return;
        const cell = table!.rows[place + 1]![column];
        expect([heading, place, numberIn(cell)]).toEqual([heading, place, expected]);
        if (expected !== null && cell?.formula)
          expect([heading, compute(cell.formula, table!.rows)]).toEqual([
            heading,
            expect.closeTo(expected, 4),
          ]);
        checked += 1;
      });
    });
    expect(checked).toBeGreaterThan((found.groups.length + 1) * 5);
    const overlapping = /cluster|planningDistrict/.test(path);
    const formulas = table!.rows.at(-1)!.filter(({ formula }) => formula);
    if (overlapping) expect(formulas).toEqual([]);
    else if (found.groups.length > 0 && report !== 'rounds') expect(formulas.length).toBeGreaterThan(3);
    expect(table!.xml).toMatch(/<pane [^>]*state="frozen"/);
    expect(table!.xml).toMatch(/<autoFilter ref="A1:/);
    const told_ = about!.rows.map((row) => String(row[1]?.value));
    for (const { text } of found.notes) expect(told_).toContain(text);
  });

  it('as CSV the same, to the last digit', async () => {
    const found = await inEnglish(path);
    const [heads, ...rows] = readCsv((await download(on.t, on.manager, with_(path, 'csv'))).content);
    expect(rows).toHaveLength(found.groups.length + 1);
    heads!.forEach((heading, column) => {
      [...found.groups, whole(found)].forEach((group, place) => {
        const expected = told(heading, report, group);
        if (expected === undefined) return;
        const said = rows[place]![column]!;
        expect([heading, place, said === '' ? null : Number(said)]).toEqual([heading, place, expected]);
      });
    });
  });

  it('on paper the totals of the JSON, heads on every sheet, the sheets numbered, the fonts inside', async () => {
    const found = await inEnglish(path);
    const { pages, unembedded } = await readPdf(
      (await download(on.t, on.manager, with_(path, 'pdf'))).content,
    );
    expect(unembedded).toEqual([]);
    pages.forEach(({ text }, index) => expect(text).toContain(`Page ${index + 1}/${pages.length}`));
    const all = pages.map(({ text }) => text).join(' ');
    const [heads] = readCsv((await download(on.t, on.manager, with_(path, 'csv'))).content);
    for (const heading of heads!) {
      const expected = told(heading, report, whole(found));
      if (typeof expected === 'number') expect(all).toContain(expected.toLocaleString('en-US'));
    }
    for (const { width, lines } of pages)
      for (const { right, x } of lines) expect([x >= 30, right <= width - 30]).toEqual([true, true]);
  });
});

describe('reports without a whole', () => {
  it.each(['targets', 'follow-up?table=service', 'conversion', 'stage-times?thenBy=owner'])(
    '%s opens in each form',
    async (path) => {
      const csv = readCsv((await download(on.t, on.manager, with_(path, 'csv'))).content);
      const [sheet] = readXlsx((await download(on.t, on.manager, with_(path, 'xlsx'))).content);
      expect(sheet!.rows).toHaveLength(csv.length);
      csv.slice(1).forEach((row, place) =>
        row.forEach((value, column) => {
          const cell = sheet!.rows[place + 1]![column];
          if (typeof cell?.value === 'number' && !cell.day) expect(cell.value).toBe(Number(value));
        }),
      );
      const { pages } = await readPdf((await download(on.t, on.manager, with_(path, 'pdf'))).content);
      expect(pages[0]!.text).toContain('Page 1/');
    },
  );

  it('what is not known is said, in both languages; a day is a day', async () => {
    const [sheet] = readXlsx((await download(on.t, on.manager, 'targets?format=xlsx', 'vi')).content);
    const value = sheet!.rows[0]!.findIndex((cell) => cell.value === 'Đã đạt');
    expect(sheet!.rows.slice(1).some((row) => row[value]?.value === 'Chưa xác định')).toBe(true);
    const due = sheet!.rows[0]!.findIndex((cell) => cell.value === 'Hạn');
    expect(sheet!.rows.slice(1).every((row) => row[due]?.day)).toBe(true);
  });
});

describe('what a file says of itself', () => {
  it('as of, filters by name, who and when, in Vietnamese', async () => {
    const [owner] = on.world.owners;
    const path = `pipeline?groupBy=month&asOf=2026-01-10&ownerId=${owner}&stage=qualified,lost&stale=true`;
    const [, about] = readXlsx((await download(on.t, on.manager, `${path}&format=xlsx`, 'vi')).content);
    const said = Object.fromEntries(about!.rows.map(([label, value]) => [label!.value, value?.value]));
    const [{ name }] = (await on.t.db.query<{ name: string }>(`SELECT name FROM app_user WHERE id = $1`, [
      owner,
    ])) as [{ name: string }];
    expect(said).toMatchObject({
      'Tính đến hết ngày': '10/01/2026',
      'Cán bộ phụ trách': name,
      'Lâu không có hoạt động': 'có',
      'Người lập': 'manager',
      'Lập lúc': '10:00 02/03/2026 (Asia/Ho_Chi_Minh)',
    });
    expect(said['Giai đoạn']).toMatch(/, Không thành$/);
    const { pages } = await readPdf((await download(on.t, on.manager, `${path}&format=pdf`, 'vi')).content);
    expect(pages[0]!.text).toContain('Cơ hội đầu tư theo loại và nhóm');
    expect(pages[0]!.text).toContain(`Trang 1/${pages.length}`);
  });
});

const HOSTILE = [
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-2+3',
  '@SUM(1)',
  '\t=1+1',
  '"quoted", and; comma',
  '<b>&amp;</b>',
  '\u202eright to left\u202c',
  '中国工业园区',
  `Rất dài ${'Khu công nghiệp và dịch vụ '.repeat(60)}`,
];

describe('hostile names', () => {
  it('are text in each file, whatever they begin with', async () => {
    const owners = on.world.owners.slice(0, 1);
    for (const name of HOSTILE) {
      await on.t.db.execute(`UPDATE app_user SET name = $2 WHERE id = $1`, [owners[0], name]);
      const [sheet] = readXlsx(
        (await download(on.t, on.manager, 'pipeline?groupBy=owner&format=xlsx')).content,
      );
      const cell = sheet!.rows.flat().find(({ value }) => value === name);
      expect([name, cell?.text, cell?.formula]).toEqual([name, true, undefined]);
      const csv = readCsv((await download(on.t, on.manager, 'pipeline?groupBy=owner&format=csv')).content);
      const written = csv.flat().find((value) => value.replace(/^'/, '') === name)!;
      expect(/^[=+\-@\t\r]/.test(written)).toBe(false);
      const { pages } = await readPdf(
        (await download(on.t, on.manager, 'pipeline?groupBy=owner&format=pdf')).content,
      );
      const bare = (text: string) => text.replace(/[\s\u202c\u202e]/g, '');
      if (!name.includes('\u202e'))
        expect(bare(pages.map(({ text }) => text).join(''))).toContain(bare(name).slice(0, 12));
    }
  });

  it('fifteen digits are exact, and more are said to be rounded', async () => {
    await on.t.db.execute(
      `UPDATE lead SET committed_amount = 123456789012345678, committed_currency = 'VND' WHERE id = $1`,
      [on.world.leads[0]!.id],
    );
    const [, about] = readXlsx(
      (await download(on.t, on.manager, 'pipeline?createdFrom=2000-01-01&format=xlsx')).content,
    );
    expect(about!.rows.some((row) => String(row[1]?.value).includes('15 digits'))).toBe(true);
  });
});
