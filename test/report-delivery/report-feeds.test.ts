import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type {
  CreatedReportFeed,
  ReportFeedList,
} from '../../src/modules/report-delivery/report-feeds.dto.js';
import type { PipelineReport } from '../../src/modules/reports/reports.dto.js';
import { reporting } from '../reports/reporting.js';

const on = reporting(20_260_302, 40);

const make = async (body: object) => {
  const answer = await on.manager.post<CreatedReportFeed>('/api/v1/report-feeds', {
    name: 'Bảng tháng',
    report: 'pipeline',
    query: { groupBy: 'stage' },
    ...body,
  });
  return { ...answer, path: answer.body.address?.replace(on.t.config.appUrl, '') };
};

describe('a feed', () => {
  it('gives whoever has its address the figures of this moment, and nobody else', async () => {
    const { status, body, path } = await make({ language: 'en' });
    expect([status, body.language, body.maker.id]).toEqual([201, 'en', on.manager.userId]);
    const read = await on.t.http.anonymous.get(path);
    expect([read.status, read.headers['content-type'], read.headers['cache-control']]).toEqual([
      200,
      'text/csv; charset=utf-8',
      'no-store',
    ]);
    const rows = parse(read.text, { bom: true }) as string[][];
    const report = await on.report<PipelineReport>('pipeline');
    expect(rows[0]![2]).toBe('Leads');
    expect(Number(rows.at(-1)![2])).toBe(report.totals.count.value);
    await on.t.db.execute(`UPDATE lead SET area_ha = 12.5 WHERE id = $1`, [on.world.leads[0]!.id]);
    const wrong = `${path.slice(0, -5)}${path.at(-5) === 'A' ? 'B' : 'A'}.csv`;
    expect((await on.t.http.anonymous.get(wrong)).status).toBe(404);
    expect((await on.t.http.anonymous.get('/api/public/v1/report-feeds/x.csv')).status).toBe(404);
  });

  it('keeps its token nowhere, not in the list, the table or the trail', async () => {
    const { path } = await make({});
    const token = path.split('/').at(-1)!.replace('.csv', '');
    const list = await on.manager.get<ReportFeedList>('/api/v1/report-feeds');
    const stored = await on.t.db.query(`SELECT row_to_json(f) FROM report_feed f`);
    const trail = await on.t.db.query(`SELECT row_to_json(a) FROM audit_entry a`);
    expect(list.body.items.length).toBeGreaterThan(0);
    expect(`${list.text}${JSON.stringify(stored)}${JSON.stringify(trail)}`).not.toContain(token);
    expect(list.text).not.toContain('tokenHash');
  });

  it('revoked, it answers nobody', async () => {
    const { body, path } = await make({});
    expect((await on.t.http.anonymous.get(path)).status).toBe(200);
    expect((await on.manager.delete(`/api/v1/report-feeds/${body.id}`)).status).toBe(204);
    expect((await on.t.http.anonymous.get(path)).status).toBe(404);
    expect((await on.manager.delete(`/api/v1/report-feeds/${body.id}`)).status).toBe(404);
  });

  it('may no more than its maker today', async () => {
    const { path } = await make({ report: 'rounds', query: {} });
    const as = async (change: string) => {
      await on.t.db.execute(`UPDATE app_user SET ${change} WHERE id = $1`, [on.manager.userId]);
      return (await on.t.http.anonymous.get(path)).status;
    };
    expect(await as(`role = 'officer'`)).toBe(404);
    expect(await as(`role = 'manager', deactivated_at = now()`)).toBe(404);
    expect(await as(`deactivated_at = NULL`)).toBe(200);
  });

  it.each([
    ['pipeline', { groupBy: 'owner' }, 'query.groupBy', 'feed_names_people'],
    ['pipeline', { groupBy: 'stage', thenBy: 'owner' }, 'query.thenBy', 'feed_names_people'],
    ['follow-up', {}, 'query.groupBy', 'feed_names_people'],
    ['follow-up', { groupBy: 'ownerStep' }, 'query.groupBy', 'feed_names_people'],
    ['pipeline', { ownerId: 'me' }, 'query.ownerId', 'feed_names_people'],
    ['pipeline', { q: 'Nguyễn' }, 'query.q', 'feed_names_people'],
    ['pipeline', { format: 'xlsx' }, 'query.format', 'unknown_field'],
    ['pipeline', { groupBy: 'mood' }, 'query.groupBy', 'not_one_of'],
    ['pipeline', { clusterId: '1' }, 'query.clusterId', 'invalid_id'],
    ['pipeline', { stage: ['a'] }, 'query', 'must_be_text'],
    ['mood', {}, 'report', 'not_one_of'],
  ])('%s %j is refused', async (report, query, path, code) => {
    const { status, body } = await on.manager.post<{ errors: { path: string; code: string }[] }>(
      '/api/v1/report-feeds',
      { name: 'x', report, query },
    );
    expect([status, body.errors[0]?.path, body.errors[0]?.code]).toEqual([400, path, code]);
  });

  it.each([
    ['ageing', { groupBy: 'cluster', kind: 'secondary' }],
    ['follow-up', { groupBy: 'round' }],
    ['follow-up', { table: 'service' }],
    ['targets', {}],
  ])('%s %j is read', async (report, query) => {
    const { path } = await make({ report, query });
    const { text, status } = await on.t.http.anonymous.get(path);
    expect(status).toBe(200);
    expect((parse(text, { bom: true }) as string[][]).length).toBeGreaterThan(1);
  });

  it('is made, listed and revoked by managers', async () => {
    const officer = await on.t.http.as('officer');
    expect((await officer.get('/api/v1/report-feeds')).status).toBe(403);
    expect((await officer.post('/api/v1/report-feeds', {})).status).toBe(403);
    expect((await on.t.http.anonymous.get('/api/v1/report-feeds')).status).toBe(401);
  });

  it('is read thirty times a minute, no more', async () => {
    const { path } = await make({ report: 'targets', query: {} });
    const codes: number[] = [];
    for (let time = 0; time < 31; time += 1) codes.push((await on.t.http.anonymous.get(path)).status);
    expect(codes.at(-1)).toBe(429);
  });
});

it('a program reads each report as a file with its key', async () => {
  const admin = await on.t.http.as('admin');
  const { body } = await admin.post<{ key: string }>('/api/v1/api-keys', {
    name: 'Bảng tính',
    role: 'officer',
  });
  for (const format of ['csv', 'xlsx', 'pdf']) {
    const path = `/api/v1/reports/targets?format=${format}`;
    expect((await on.t.http.anonymous.get(path, { 'x-api-key': body.key })).status).toBe(200);
    expect((await on.t.http.anonymous.get(path, { 'x-api-key': `${body.key}x` })).status).toBe(401);
  }
});
