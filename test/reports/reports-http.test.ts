import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { addDecimals } from '../../src/modules/reports/decimals.rules.js';
import type { PipelineReport } from '../../src/modules/reports/reports.dto.js';
import { open } from './opened.js';
import { reporting } from './reporting.js';

const on = reporting(20_260_302, 60);

describe('CSV', () => {
  it.each(['pipeline?groupBy=owner', 'ageing', 'follow-up', 'rounds'])(
    '%s read back gives the same totals',
    async (path) => {
      const found = await on.report<PipelineReport>(path);
      const { text, headers } = await on.manager.get(
        `/api/v1/reports/${path}${path.includes('?') ? '&' : '?'}format=csv`,
        { 'accept-language': 'en' },
      );
      expect(headers['content-type']).toBe('text/csv; charset=utf-8');
      expect(text.startsWith('\uFEFF')).toBe(true);
      const lines = parse(text, { bom: true });
      const [heads, ...rows] = lines as [string[], ...string[][]];
      const whole = rows.pop()!;
      expect(rows).toHaveLength(found.groups.length);
      expect(whole[0]).toBe('Total');
      const count = { pipeline: 'Leads', ageing: 'Leads', 'follow-up': 'Planned', rounds: 'Mails sent' }[
        path.split('?')[0]!
      ]!;
      const column = heads.indexOf(count);
      const figures = found.totals as unknown as Record<string, { value: number }>;
      const name = { Leads: 'count', Planned: 'planned', 'Mails sent': 'mailsSent' }[count]!;
      expect(Number(whole[column])).toBe(figures[name]!.value);
      expect(rows.reduce((sum, row) => sum + Number(row[column]), 0)).toBe(figures[name]!.value);
    },
  );

  it('adds up capital to the last cent', async () => {
    const found = await on.report<PipelineReport>('pipeline');
    const { text } = await on.manager.get('/api/v1/reports/pipeline?format=csv', { 'accept-language': 'en' });
    const [heads, ...rows] = parse(text, { bom: true }) as [string[], ...string[][]];
    const whole = rows.pop()!;
    for (const { value } of found.totals.committed.sums) {
      const column = heads.indexOf(`Committed (${value.currency})`);
      expect(whole[column]).toBe(value.amount);
      expect(addDecimals(rows.flatMap((row) => row[column] || []))).toBe(addDecimals([value.amount]));
    }
  });

  it('names both groupings, and the kind once', async () => {
    const headsOf = async (path: string) => {
      const { text } = await on.manager.get(`/api/v1/reports/${path}&format=csv`);
      return (parse(text, { bom: true }) as string[][])[0]!.slice(0, 4);
    };
    expect(await headsOf('pipeline?groupBy=sector&thenBy=country')).toEqual([
      'Loại nhà đầu tư',
      'Ngành nghề',
      'Nước, vùng lãnh thổ',
      'Số cơ hội',
    ]);
    expect(await headsOf('ageing?groupBy=kind&thenBy=month')).toEqual([
      'Loại nhà đầu tư',
      'Tháng tiếp nhận',
      'Số cơ hội',
      '0–7 ngày',
    ]);
  });

  it('says what is not known, countries by their names', async () => {
    const found = await on.report<PipelineReport>('pipeline?groupBy=sector&thenBy=country');
    const labels = new Set(found.groups.flatMap(({ label, second }) => [label, second!.label]));
    for (const label of ['Chưa xác định ngành nghề', '100% tre ~ gỗ', 'Trung Quốc', 'Hàn Quốc'])
      expect([...labels]).toContain(label);
    const bamboo = found.groups.find(({ value }) => value === '100% tre ~ gỗ')!;
    expect(bamboo.key).toContain('100%25 tre %7E gỗ');
    expect((await open(on.manager, bamboo.figures.count.rows)).total).toBe(bamboo.figures.count.value);
  });

  it('speaks Vietnamese unless asked otherwise', async () => {
    const { text } = await on.manager.get('/api/v1/reports/ageing?format=csv');
    expect(text.slice(1).split(',')[1]).toBe('Giai đoạn');
  });
});

describe('what is refused', () => {
  it.each([
    ['pipeline?format=ods', 'format', 'not_one_of'],
    ['pipeline?groupBy=mood', 'groupBy', 'not_one_of'],
    ['pipeline?thenBy=mood', 'thenBy', 'not_one_of'],
    ['pipeline?thenBy=stage', 'thenBy', 'report_grouped_twice'],
    ['ageing?groupBy=owner&thenBy=owner', 'thenBy', 'report_grouped_twice'],
    ['follow-up?thenBy=stage', 'thenBy', 'unknown_field'],
    ['follow-up/rows?figure=planned&thenBy=stage', 'thenBy', 'not_one_of'],
    ['pipeline/rows?figure=count&thenBy=owner&group=secondary~qualified', 'group', 'invalid_format'],
    ['pipeline?asOf=2026-03-03', 'asOf', 'report_day_in_future'],
    ['pipeline?asOf=9999-01-01', 'asOf', 'invalid_date'],
    ['pipeline?from=2026-02-01&to=2026-01-01', 'to', 'report_range_reversed'],
    ['pipeline?mood=good', 'mood', 'unknown_field'],
    ['pipeline?clusterId=1', 'clusterId', 'invalid_id'],
    ['follow-up?groupBy=stage', 'groupBy', 'not_one_of'],
    ['pipeline/rows', 'figure', 'required'],
    ['pipeline/rows?figure=__proto__', 'figure', 'not_one_of'],
    ['pipeline/rows?figure=count.VND', 'figure', 'not_one_of'],
    ['pipeline/rows?figure=count&groupBy=step', 'groupBy', 'not_one_of'],
    ['pipeline/rows?figure=count&group=secondary', 'group', 'invalid_format'],
    ['pipeline/rows?figure=count&cursor=made.up', 'cursor', 'invalid_cursor'],
    ['targets/rows?figure=counted&group=none', 'group', 'not_one_of'],
  ])('%s', async (path, field, code) => {
    const { status, body } = await on.manager.get<{ errors: { path: string; code: string }[] }>(
      `/api/v1/reports/${path}`,
    );
    expect([status, body.errors[0]?.path, body.errors[0]?.code]).toEqual([400, field, code]);
  });

  it('rows show what they say they show, nothing of how they are paged', async () => {
    const { items } = (
      await on.manager.get<{ items: object[] }>('/api/v1/reports/pipeline/rows?figure=count&limit=1')
    ).body;
    expect(Object.keys(items[0]!).sort()).toEqual(['id', 'leadId', 'name', 'reference', 'type', 'value']);
  });

  it('a report that does not exist', async () => {
    expect((await on.manager.get('/api/v1/reports/mood/rows?figure=count')).status).toBe(404);
  });

  it('a hostile group finds nothing, and breaks nothing', async () => {
    const rows = `/api/v1/reports/pipeline/rows?figure=count&groupBy=owner&group=${encodeURIComponent(`secondary~' OR 1=1 --`)}`;
    expect(await open(on.manager, rows)).toEqual({ items: [], total: 0, sum: null });
    expect(
      (
        await open(
          on.manager,
          `/api/v1/reports/pipeline/rows?figure=${encodeURIComponent(`committed.'; DROP TABLE lead`)}`,
        )
      ).total,
    ).toBe(0);
  });

  it('nobody reads them without signing in; officers do', async () => {
    expect((await on.t.http.anonymous.get('/api/v1/reports/pipeline')).status).toBe(401);
    expect((await (await on.t.http.as('officer')).get('/api/v1/reports/pipeline?ownerId=me')).status).toBe(
      200,
    );
  });
});
