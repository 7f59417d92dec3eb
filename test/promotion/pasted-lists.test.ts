import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AddedPasted, BulkItem, RecognisedList } from '../../src/modules/promotion/pasted.dto.js';
import { givenCrowd } from '../factories/crowd.js';
import { givenContact, givenFirm } from '../factories/directory.js';
import { defaultPlan } from '../factories/follow-up.js';
import { closeRound, givenRound } from '../factories/promotion.js';
import type { HttpClient } from '../support/http-client.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
let officer: HttpClient;

beforeAll(async () => {
  t = await startApp();
  officer = await t.http.as('officer');
});
afterAll(() => t.close());
beforeEach(() => t.clock.set(DEFAULT_NOW));

const recognise = (roundId: string, body: unknown, language = 'vi') =>
  officer.post<RecognisedList>(`/api/v1/rounds/${roundId}/participations/recognise`, body, {
    'accept-language': language,
  });
const add = (roundId: string, body: unknown) =>
  officer.post<AddedPasted & { errors: { path: string; code: string }[] }>(
    `/api/v1/rounds/${roundId}/participations/bulk`,
    body,
  );
const countOf = async (table: string) =>
  (await t.db.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]!.n;

/** As the web app turns what was recognised into what is sent back. */
function decided({ lines }: RecognisedList): BulkItem[] {
  return lines
    .filter((line) => line.status !== 'invalid')
    .map(({ firm, contact, fields }) => ({
      ...(firm
        ? { firmId: firm.id }
        : {
            firm: {
              name: fields.firmName!,
              taxCode: fields.taxCode,
            },
          }),
      ...(contact && { contactId: contact.id }),
      ...(!contact &&
        fields.contactName && {
          contact: {
            fullName: fields.contactName,
            title: fields.title,
            email: fields.email,
            phone: fields.phone,
          },
        }),
      note: fields.note,
    }));
}

describe('a pasted list of participants', () => {
  it('is recognised line by line, and nothing is written', async () => {
    const roundId = await givenRound(t);
    const byCode = await givenFirm(t, { name: 'Công ty TNHH Thạch Đen Tràng Định', taxCode: '0100109106' });
    const byMail = await givenFirm(t, { name: 'Công ty Quế Hồi Văn Quan' });
    const person = await givenContact(t, { firmId: byMail.id, email: 'quehoi@vanquan.test' });
    const byName = await givenFirm(t, { name: 'Công ty Đá Vôi Đồng Mỏ' });
    const twin = await givenFirm(t, { name: 'Công ty Nhựa Thông Lộc Bình', phone: '0912000111' });
    await givenFirm(t, { name: 'Công ty Xi Măng Hữu Lũng', phone: '0912000111' });
    const before = [await countOf('firm'), await countOf('contact'), await countOf('participation')];
    const { status, body } = await recognise(roundId, {
      text: [
        'Tên doanh nghiệp\tMST\tNgười liên hệ\tĐiện thoại\tEmail',
        'Tên khác hẳn\t0100109106\t\t\t',
        'Quế Hồi Văn Quan\t\t\t\tQueHoi@vanquan.test',
        'cong ty da voi dong mo\t\tTrần Văn Cường\t\t',
        'Công ty Gỗ Ép Bắc Sơn\t\tLý Thị Dung\t0987111222\tdung@goep.test',
        'Nhựa thông Lộc Bình\t\t\t\t',
        'Công ty Na Chi Lăng\t\t\t0912000111\t',
        '\t\tKhông Tên\t\t',
        'Công ty Rượu Mẫu Sơn\t\t\t12\t',
      ].join('\n'),
    });
    expect(status).toBe(200);
    expect(body.lines.map((line) => line.status)).toEqual([
      'matched',
      'matched',
      'matched',
      'new',
      'ambiguous',
      'ambiguous',
      'invalid',
      'invalid',
    ]);
    expect(body.counts).toEqual({ matched: 3, new: 1, ambiguous: 2, invalid: 2 });
    expect(body.lines.slice(0, 3).map((line) => line.firm?.id)).toEqual([byCode.id, byMail.id, byName.id]);
    expect(body.lines[1]!.contact?.id).toBe(person.id);
    expect(body.lines[4]!.candidates[0]).toMatchObject({ id: twin.id, reasons: ['near_name'] });
    expect(body.lines[5]!.candidates).toHaveLength(2);
    expect(body.lines[7]!.problems).toEqual([
      { field: 'phone', code: 'invalid_phone', message: expect.stringContaining('điện thoại') as unknown },
    ]);
    expect([await countOf('firm'), await countOf('contact'), await countOf('participation')]).toEqual(before);
  });

  it('is added as decided, with a trial run first; nobody new has consented', async () => {
    const roundId = await givenRound(t, { ownerId: officer.userId });
    const known = await givenFirm(t, { name: 'Công ty Chè Thái Bình Đình Lập' });
    const text = [
      'Công ty Chè Thái Bình Đình Lập;Hoàng Văn Em;0987000111;em@che.test;Hỏi đất',
      'Công ty Gạch Hợp Thành;Vi Thị Gấm;;gam@gach.test;',
      'Công ty Gạch Hợp Thành;Nông Văn Hải;0987000222;;',
    ].join('\n');
    const recognised = (await recognise(roundId, { text })).body;
    const items = decided(recognised);
    const trial = await add(roundId, { items, status: 'attended', dryRun: true });
    expect(trial.body).toMatchObject({
      firmsCreated: 1,
      contactsCreated: 3,
      created: 3,
      leads: 2,
      dryRun: true,
    });
    expect(await countOf('participation')).toBe(0);

    const done = await add(roundId, { items, status: 'attended' });
    expect(done).toMatchObject({
      status: 200,
      body: { ...trial.body, dryRun: false },
    });
    const rows = await t.db.query(
      `SELECT f.name, c.full_name AS person, p.status, p.note,
              (SELECT count(*)::int FROM consent k WHERE k.contact_id = c.id) AS consents
         FROM participation p JOIN firm f ON f.id = p.firm_id JOIN contact c ON c.id = p.contact_id
        WHERE p.round_id = $1 ORDER BY c.full_name`,
      [roundId],
    );
    expect(rows).toEqual([
      { name: known.name, person: 'Hoàng Văn Em', status: 'attended', note: 'Hỏi đất', consents: 0 },
      { name: 'Công ty Gạch Hợp Thành', person: 'Nông Văn Hải', status: 'attended', note: null, consents: 0 },
      { name: 'Công ty Gạch Hợp Thành', person: 'Vi Thị Gấm', status: 'attended', note: null, consents: 0 },
    ]);
    const again = (await recognise(roundId, { text })).body;
    expect(again.lines.map((line) => [line.status, line.takesPart, line.contact !== null])).toEqual(
      again.lines.map(() => ['matched', true, true]),
    );
    expect((await add(roundId, { items: decided(again) })).body).toMatchObject({
      firmsCreated: 0,
      contactsCreated: 0,
      created: 0,
      updated: 3,
    });
  });

  it('all or none, and each fault says where', async () => {
    const roundId = await givenRound(t);
    const firm = await givenFirm(t);
    const before = await countOf('firm');
    const good = { firm: { name: 'Công ty Mới Toanh' } };
    const faultsOf = async (items: unknown[]) => {
      const answer = await add(roundId, { items });
      expect(answer.status).toBe(400);
      return answer.body.errors.map(({ path, code }) => `${path} ${code}`);
    };
    expect(await faultsOf([good, { firm: { name: 'B', taxCode: '12' } }])).toEqual([
      'items.1.firm.taxCode invalid_tax_code',
    ]);
    expect(await faultsOf([good, { firmId: firm.id, contact: { fullName: 'A', email: 'sai' } }])).toEqual([
      'items.1.contact.email invalid_email',
    ]);
    expect(await faultsOf([good, {}])).toEqual(['items.1.firmId firm_id_or_firm']);
    const stranger = await givenContact(t);
    expect(await faultsOf([good, { firmId: firm.id, contactId: stranger.id }])).toEqual([
      'items.1.contactId contact_of_other_firm',
    ]);
    expect(await countOf('firm')).toBe(before + 1);
    expect((await recognise(roundId, { text: 'Công ty A\n'.repeat(501) }, 'en')).body).toMatchObject({
      code: 'too_many_lines',
    });
  });

  it('late participants of a closed round get the rest of the follow-up', async () => {
    const roundId = await givenRound(t);
    await closeRound(t, roundId, { followUpPlanId: await defaultPlan(t) });
    const answer = await add(roundId, {
      items: [{ firm: { name: 'Công ty Đến Muộn' }, contact: { fullName: 'An', email: 'muon@a.test' } }],
    });
    expect(answer.body.reminders).toMatchObject({ created: 6 });
  });

  it.each([
    ['a NUL', 'Công ty \u0000 Không'],
    ['half a character', 'Công ty \ud800 Lẻ'],
    ['a cell of 5,000 letters', `${'x'.repeat(5000)}\ta@b.test`],
    ['patterns and quotes', "%_\\\t'; --"],
    ['nothing but separators', ';;;;'],
  ])('survives %s', async (_what, text) => {
    expect((await recognise(await givenRound(t), { text })).status).toBeLessThan(500);
  });

  it('a misspelt name, another legal form, another order of words are near', async () => {
    const roundId = await givenRound(t);
    const firm = await givenFirm(t, { name: 'Công ty TNHH Xuất nhập khẩu Thanhxuan Lộc Phát' });
    const names = ['Cty CP Thanhxuam Lộc Phát', 'Lộc Phát Thanhxuan Co., Ltd', 'Công ty Sao Mai Bình Gia'];
    const { body } = await recognise(roundId, { text: names.join('\n'), columns: ['firmName', 'none'] });
    expect(body.columns).toEqual(['firmName', 'none']);
    expect(body.lines.map((line) => [line.status, line.candidates[0]?.id])).toEqual([
      ['ambiguous', firm.id],
      ['ambiguous', firm.id],
      ['new', undefined],
    ]);
  });

  it('500 lines are recognised among 5,000 firms in little time', async () => {
    const roundId = await givenRound(t);
    await givenCrowd(t, 5000);
    const text = Array.from(
      { length: 500 },
      (_, n) => `Công ty TNHH Sản xuất Số ${n}\tNguyễn Văn An\tan${n}@so-${n}.test`,
    ).join('\n');
    const before = performance.now();
    expect((await recognise(roundId, { text })).body.lines).toHaveLength(500);
    expect(performance.now() - before).toBeLessThan(5000);
  });
});
