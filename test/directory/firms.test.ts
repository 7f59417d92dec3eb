import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FirmInput } from '../../src/modules/directory/firm-input.rules.js';
import type { FirmAnswer, FirmDuplicates, FirmPage } from '../../src/modules/directory/firms.dto.js';
import { FirmsService } from '../../src/modules/directory/firms.service.js';
import { givenContact, givenFirm } from '../factories/directory.js';
import { startApp, type TestApp } from '../support/harness.js';
import type { HttpClient } from '../support/http-client.js';

interface Problem {
  code: string;
  detail: string;
  existingId?: string;
  errors?: { path: string; code: string; message: string }[];
}

let t: TestApp;
let officer: HttpClient;

beforeAll(async () => {
  t = await startApp();
  officer = await t.http.as('officer');
});
afterAll(() => t.close());
beforeEach(() => t.db.execute('TRUNCATE firm, idempotency_key CASCADE'));

const create = (body: object, headers = {}) =>
  officer.post<FirmAnswer & Problem>('/api/v1/firms', body, headers);
const find = async (query: string) =>
  (await officer.get<FirmPage>(`/api/v1/firms?${query}`)).body.items.map(({ name }) => name);

describe('recording a firm', () => {
  it('stores numbers and addresses in one form', async () => {
    const { status, body, headers } = await create({
      name: '  Công ty TNHH Hoàng Gia ',
      taxCode: '0100109106',
      phone: '0912 345 678',
      email: 'Info@HoangGia.VN',
      website: 'hoanggia.vn',
      sectors: ['Điện tử'],
      developedAreaHa: 120.5,
    });
    expect(status).toBe(201);
    expect(headers.etag).toBe('"1"');
    expect(body).toMatchObject({
      name: 'Công ty TNHH Hoàng Gia',
      taxCode: '0100109106',
      phone: '+84912345678',
      email: 'info@hoanggia.vn',
      website: 'https://hoanggia.vn',
      country: 'VN',
      sectors: ['Điện tử'],
      developedAreaHa: 120.5,
      personal: false,
      sample: false,
      warnings: [],
      version: 1,
    });
    expect((await officer.get<FirmAnswer>(`/api/v1/firms/${body.id}`)).body).toEqual(body);
  });

  it('warns of a tax code and never blocks it', async () => {
    const wrong = await create({ name: 'A', taxCode: '0100109107' }, { 'accept-language': 'en' });
    expect(wrong.status).toBe(201);
    expect(wrong.body.warnings).toEqual([
      { path: 'taxCode', code: 'tax_code_check_digit', message: expect.stringContaining('tenth digit') },
    ]);
    const person = await create({ name: 'Hộ kinh doanh', taxCode: '001085012345' });
    expect(person.body).toMatchObject({ personal: true, warnings: [{ code: 'tax_code_personal' }] });
  });

  it.each([
    ['letters in the tax code', { taxCode: 'MST0100109' }, 'taxCode', 'invalid_tax_code'],
    ['a short tax code', { taxCode: '123' }, 'taxCode', 'invalid_tax_code'],
    ['a tax code as a number', { taxCode: 100109106 }, 'taxCode', 'invalid_tax_code'],
    ['the phone of a short number', { phone: '113' }, 'phone', 'invalid_phone'],
    ['an e-mail address without a domain', { email: 'lan@' }, 'email', 'invalid_email'],
    ['a country in words', { country: 'Viet Nam' }, 'country', 'invalid_country'],
    ['a country that does not exist', { country: 'XX' }, 'country', 'invalid_country'],
    ['a script as a website', { website: 'javascript:alert(1)' }, 'website', 'invalid_url'],
    ['an area of −1', { developedAreaHa: -1 }, 'developedAreaHa', 'too_small'],
    ['a line break in the name', { name: 'A\r\nBcc: x@y.z' }, 'name', 'invalid_format'],
    ['a name that is too long', { name: 'x'.repeat(301) }, 'name', 'too_long'],
    ['no name', { name: undefined }, 'name', 'required'],
    ['a field of ours', { sample: true }, 'sample', 'unknown_field'],
    ['sectors as text', { sectors: 'Điện tử' }, 'sectors', 'must_be_list'],
  ])('refuses %s', async (_what, changes, path, code) => {
    const answer = await create({ name: 'Công ty', ...changes });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ path, code }));
  });

  it('refuses a tax code that another firm has, and names the firm', async () => {
    const first = await givenFirm(t, { name: 'Đông Á', taxCode: '0100109106' });
    const answer = await create({ name: 'Dong A', taxCode: '0100109106' }, { 'accept-language': 'en' });
    expect([answer.status, answer.body.code]).toEqual([409, 'firm_exists']);
    expect(answer.body.existingId).toBe(first.id);
    expect(answer.body.detail).toBe(
      'Đông Á already has the tax code 0100109106. Please open that firm instead.',
    );
    expect((await create({ name: 'Đông Á chi nhánh', taxCode: '0100109106-001' })).status).toBe(201);
  });

  it('creates once for the same idempotency key', async () => {
    const key = { 'idempotency-key': 'firm-1' };
    const [first, again] = [await create({ name: 'Một lần' }, key), await create({ name: 'Một lần' }, key)];
    expect(again.body.id).toBe(first.body.id);
    expect((await create({ name: 'Khác' }, key)).status).toBe(409);
  });

  it('changes only against the version seen, and null empties', async () => {
    const { id } = await givenFirm(t, { phone: '0912345678', note: 'x' });
    const url = `/api/v1/firms/${id}`;
    const changed = await officer.patch<FirmAnswer>(
      url,
      { phone: null, shortName: 'ĐA' },
      { 'if-match': '"1"' },
    );
    expect(changed.body).toMatchObject({ phone: null, shortName: 'ĐA', note: 'x', version: 2 });
    expect((await officer.patch(url, { note: 'y' }, { 'if-match': '"1"' })).status).toBe(412);
    expect((await officer.patch(url, { note: 'y' }, { 'if-match': '"abc"' })).status).toBe(412);
    const twice = await Promise.all(
      [1, 2].map(() => officer.patch(url, { note: 'z' }, { 'if-match': '"2"' })),
    );
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 412]);
    const [audit] = await t.db.query<{ changes: object }>(
      `SELECT changes FROM audit_entry WHERE row_id = $1 AND action = 'update' ORDER BY id LIMIT 1`,
      [id],
    );
    expect(audit!.changes).toEqual({ phone: ['+84912345678', null], short_name: [null, 'ĐA'] });
  });

  it('needs an account', async () => {
    expect((await t.http.anonymous.get('/api/v1/firms')).status).toBe(401);
    expect((await officer.get('/api/v1/firms/1')).status).toBe(400);
    expect((await officer.get('/api/v1/firms/01900000-0000-7000-8000-000000000000')).status).toBe(404);
  });
});

describe('search', () => {
  beforeEach(async () => {
    await givenFirm(t, {
      name: 'Công ty Cổ phần Hà Nam',
      taxCode: '0100109106',
      phone: '0912345678',
      email: 'info@hanam.vn',
    });
    await givenFirm(t, { name: 'Công ty TNHH Đông Á', shortName: 'DASCO' });
    const chinese = await givenFirm(t, { name: '广西工业集团', country: 'CN', sectors: ['Điện tử'] });
    await givenContact(t, {
      firmId: chinese.id,
      fullName: 'Vương Lệ',
      email: 'wang@guangxi.example',
      phone: '+86 138 0013 8000',
    });
  });

  it.each([
    ['ha nam', ['Công ty Cổ phần Hà Nam']],
    ['HÀ', ['Công ty Cổ phần Hà Nam']],
    ['dong a', ['Công ty TNHH Đông Á']],
    ['đông', ['Công ty TNHH Đông Á']],
    ['dasco', ['Công ty TNHH Đông Á']],
    ['0100109106', ['Công ty Cổ phần Hà Nam']],
    ['0912 345 678', ['Công ty Cổ phần Hà Nam']],
    ['+84912345678', ['Công ty Cổ phần Hà Nam']],
    ['info@hanam.vn', ['Công ty Cổ phần Hà Nam']],
    ['hanam.vn', ['Công ty Cổ phần Hà Nam']],
    ['工业', []],
    ['广西', ['广西工业集团']],
    ['13800138000', ['广西工业集团']],
    ['wang@guangxi', ['广西工业集团']],
    ['am', []],
    ['%', []],
    ["'; DROP TABLE firm; --", []],
  ])('%s', async (q, names) => expect(await find(`q=${encodeURIComponent(q)}`)).toEqual(names));

  it('ranks the nearer name first, and filters', async () => {
    await givenFirm(t, { name: 'Công ty TNHH Vận tải Hà Nam Ninh' });
    expect(await find('q=ha nam')).toEqual(['Công ty Cổ phần Hà Nam', 'Công ty TNHH Vận tải Hà Nam Ninh']);
    expect(await find('country=CN')).toEqual(['广西工业集团']);
    expect(await find(`sector=${encodeURIComponent('Điện tử')}`)).toEqual(['广西工业集团']);
    expect(await find('phone=%2B8613800138000')).toEqual(['广西工业集团']);
    expect(await find('email=WANG@guangxi.example&q=')).toEqual(['广西工业集团']);
    expect(await find('taxCode=0100109106')).toEqual(['Công ty Cổ phần Hà Nam']);
    expect(await find('q=cong&sort=-name')).toHaveLength(3);
  });

  it('pages through ranked hits without repeating', async () => {
    await t.asSystem(() =>
      t
        .get(FirmsService)
        .importMany(Array.from({ length: 30 }, (_, n): FirmInput => ({ name: `Thành Công ${n}` }))),
    );
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await officer.get<FirmPage>(`/api/v1/firms?q=thanh cong&limit=7${cursor}`);
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
    } while (cursor);
    expect([seen.length, new Set(seen).size]).toEqual([30, 30]);
    expect((await officer.get(`/api/v1/firms?cursor=${'x'.repeat(50)}`)).status).toBe(400);
  });
});

describe('duplicates', () => {
  const ask = async (query: Record<string, string>) =>
    (
      await officer.get<FirmDuplicates>(`/api/v1/firms/duplicates?${new URLSearchParams(query)}`)
    ).body.items.map(({ name, reasons }) => [name, ...reasons]);

  it('are told by tax code, branch, telephone number and address', async () => {
    const firm = await givenFirm(t, {
      name: 'Công ty Hoàng Gia',
      taxCode: '0100109106',
      phone: '0912345678',
      email: 'a@hoanggia.vn',
    });
    await givenContact(t, { firmId: firm.id, email: 'lan@gmail.com', phone: '0988777666' });
    expect(await ask({ taxCode: '0100109106' })).toEqual([['Công ty Hoàng Gia', 'same_tax_code']]);
    expect(await ask({ taxCode: '0100109106-002' })).toEqual([['Công ty Hoàng Gia', 'same_tax_code_base']]);
    expect(await ask({ phone: '+84 988 777 666' })).toEqual([['Công ty Hoàng Gia', 'same_phone']]);
    expect(await ask({ email: 'b@hoanggia.vn' })).toEqual([['Công ty Hoàng Gia', 'same_email_domain']]);
    expect(await ask({ email: 'LAN@gmail.com' })).toEqual([['Công ty Hoàng Gia', 'same_email']]);
    expect(await ask({ email: 'minh@gmail.com' })).toEqual([]);
    expect(await ask({})).toEqual([]);
    expect((await officer.get('/api/v1/firms/duplicates?taxCode=abc')).status).toBe(400);
  });

  it('come with what is doubtful about the tax code', async () => {
    const warnings = async (taxCode: string) =>
      (await officer.get<FirmDuplicates>(`/api/v1/firms/duplicates?taxCode=${taxCode}`)).body.warnings.map(
        ({ path, code }) => [path, code],
      );
    expect(await warnings('0100109106')).toEqual([]);
    expect(await warnings('0100109107')).toEqual([['taxCode', 'tax_code_check_digit']]);
  });

  it('are told by a near name, whatever the legal form', async () => {
    await givenFirm(t, { name: 'Công ty Cổ phần Đầu tư Hoàng Gia Lạng Sơn' });
    await givenFirm(t, { name: 'Công ty TNHH Thương mại Sao Mai' });
    expect(await ask({ name: 'Cty TNHH Hoang Gia Lang Son' })).toEqual([
      ['Công ty Cổ phần Đầu tư Hoàng Gia Lạng Sơn', 'near_name'],
    ]);
    expect(await ask({ name: 'Sao Mai Co., Ltd' })).toEqual([
      ['Công ty TNHH Thương mại Sao Mai', 'near_name'],
    ]);
    expect(await ask({ name: 'Công ty TNHH Thương mại Bình Minh' })).toEqual([]);
  });
});

describe('for enquiries and files', () => {
  const service = () => t.get(FirmsService);
  const findOrCreate = (input: FirmInput) => t.asSystem(() => service().findOrCreate(input));

  it('finds the firm that is meant, or makes it', async () => {
    const { firm, created } = await findOrCreate({ name: 'Công ty Đông Á', taxCode: '0100109106' });
    expect(created).toBe(true);
    expect((await findOrCreate({ name: 'Tên khác', taxCode: '0100109106' })).firm.id).toBe(firm.id);
    expect((await findOrCreate({ name: 'CONG TY DONG A' })).firm.id).toBe(firm.id);
    expect((await findOrCreate({ name: 'Công ty Đông Á', taxCode: '0100109107' })).created).toBe(true);
  });

  it('makes one firm when two ask at the same time', async () => {
    const both = await Promise.all([1, 2, 3].map(() => findOrCreate({ name: 'Cùng lúc' })));
    expect(both.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(both.map(({ firm }) => firm.id)).size).toBe(1);
  });

  it('imports many at once, in order, each firm once', async () => {
    const known = await givenFirm(t, { name: 'Đã có', taxCode: '0100109106' });
    const rows: FirmInput[] = [
      {
        name: 'Một',
        sectors: ['Gỗ', 'Điện tử, "linh kiện"'],
        phone: '0912345678',
        developedAreaHa: 12.5,
        sample: true,
      },
      { name: 'Đã có tên khác', taxCode: '0100109106' },
      { name: 'MỘT' },
      { name: 'Hai', taxCode: '0100109107' },
      { name: 'Hai', taxCode: '0100109107' },
    ];
    const answer = await t.asSystem(() => service().importMany(rows));
    expect(answer.map(({ created }) => created)).toEqual([true, false, false, true, false]);
    expect(answer[1]!.id).toBe(known.id);
    expect(answer[2]!.id).toBe(answer[0]!.id);
    const { body } = await officer.get<FirmAnswer>(`/api/v1/firms/${answer[0]!.id}`);
    expect(body).toMatchObject({
      sectors: ['Gỗ', 'Điện tử, "linh kiện"'],
      phone: '+84912345678',
      developedAreaHa: 12.5,
      sample: true,
      version: 1,
    });
  });

  it('refuses a file with a bad row and says which', async () => {
    const attempt = t.asSystem(() =>
      service().importMany([{ name: 'Tốt' }, { name: 'Xấu', taxCode: 'abc', email: 'x' }]),
    );
    await expect(attempt).rejects.toMatchObject({
      status: 400,
      faults: [
        { path: '1.taxCode', code: 'invalid_tax_code' },
        { path: '1.email', code: 'invalid_email' },
      ],
    });
    expect(await find('q=tot')).toEqual([]);
  });
});
