import { describe, expect, it } from '@jest/globals';
import { readPasted } from './pasted-list.rules.js';

describe('a pasted list', () => {
  it('with Vietnamese headings, from a spreadsheet', () => {
    const list = readPasted(
      [
        'STT\tTên doanh nghiệp\tMã số thuế\tNgười liên hệ\tChức vụ\tĐiện thoại\tE-mail\tGhi chú',
        '1\tCông ty TNHH Hoa Hồi\t0100109106\tÔng Nguyễn Văn An\tGiám đốc\t0912 345 678\tAn@Hoahoi.test\tCần 2 ha',
        '2\tCông ty CP Đá Vôi\t100109106\tBà Lê Thị Bình\t\t912345678; 0987654321\tsai\t',
      ].join('\r\n'),
    );
    expect(list).toMatchObject({ separator: 'tab', hasHeader: true });
    expect(list.columns).toEqual([
      null,
      'firmName',
      'taxCode',
      'contactName',
      'title',
      'phone',
      'email',
      'note',
    ]);
    expect(list.lines[0]).toEqual({
      line: 2,
      fields: {
        firmName: 'Công ty TNHH Hoa Hồi',
        taxCode: '0100109106',
        contactName: 'Nguyễn Văn An',
        title: 'Giám đốc',
        phone: '+84912345678',
        email: 'an@hoahoi.test',
        note: 'Cần 2 ha',
      },
      problems: [],
    });
    expect(list.lines[1]).toMatchObject({
      fields: { taxCode: '0100109106', phone: '+84912345678', email: 'sai', title: null },
      problems: [{ field: 'email', code: 'invalid_email' }],
    });
  });

  it('with English headings and semicolons, quoted cells and a name with a comma', () => {
    const list = readPasted('Company;Contact person;Phone\n"ACME Co., Ltd";Jane Doe;+86 138 0013 8000');
    expect(list).toMatchObject({ separator: 'semicolon', columns: ['firmName', 'contactName', 'phone'] });
    expect(list.lines[0]!.fields).toMatchObject({ firmName: 'ACME Co., Ltd', phone: '+8613800138000' });
  });

  it('without headings, by what the cells look like', () => {
    const list = readPasted(
      [
        'an@a.test, Nguyễn Văn An, Công ty TNHH A, 0912345678, Giám đốc',
        'binh@b.test, Lê Bình, Công ty cổ phần B, 0987654321, Trưởng phòng',
      ].join('\n'),
    );
    expect(list.hasHeader).toBe(false);
    expect(list.columns).toEqual(['email', 'contactName', 'firmName', 'phone', 'title']);
    expect(list.lines.map((line) => line.line)).toEqual([1, 2]);
  });

  it('a list of names alone, and a quotation mark that never closes', () => {
    expect(readPasted('Công ty A\n\n"Công ty B').lines.map((line) => line.fields.firmName)).toEqual([
      'Công ty A',
      '"Công ty B',
    ]);
    expect(readPasted('Tên doanh nghiệp\nHoa Hồi').lines).toHaveLength(1);
  });

  it('takes the columns that a person names', () => {
    const list = readPasted('A\tB', ['note', 'firmName']);
    expect(list.lines[0]!.fields).toMatchObject({ firmName: 'B', note: 'A' });
  });

  it('refuses more than 500 lines', () => {
    expect(() => readPasted('Công ty A\n'.repeat(501))).toThrow('too_many_lines');
    expect(readPasted(`Tên công ty\n${'Công ty A\n'.repeat(500)}`).lines).toHaveLength(500);
  });

  it.each(['', '\t\t\t', '","', '""""', ';;;\n;;;', '\u0000', 'a'.repeat(5000)])('survives %j', (text) => {
    expect(() => readPasted(text)).not.toThrow();
  });
});
