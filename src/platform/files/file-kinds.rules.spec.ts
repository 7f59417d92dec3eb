import { describe, expect, it } from '@jest/globals';
import { disposition, fileName, kindOf } from './file-kinds.rules.js';

describe('the name of an uploaded file', () => {
  it.each([
    ['Kế hoạch 2026.pdf', 'pdf', 'Kế hoạch 2026.pdf'],
    ['../../etc/passwd', 'pdf', 'passwd.pdf'],
    ['C:\\Users\\an\\bao-cao.exe', 'docx', 'bao-cao.docx'],
    ['tệp\u202Efdp.exe', 'pdf', 'tệpfdp.pdf'],
    ['a\r\nSet-Cookie: x=1.png', 'png', 'aSet-Cookie x=1.png'],
    ['...', 'pdf', 'file.pdf'],
    ['', 'jpg', 'file.jpg'],
    ['規劃圖.PNG', 'png', '規劃圖.png'],
  ])('%j as %s is %j', (given, extension, name) => {
    expect(fileName(given, extension)).toBe(name);
  });

  it('is cut to what every disk can hold', () => {
    expect(fileName('đ'.repeat(500), 'pdf')).toHaveLength(124);
  });
});

describe('the header that offers it', () => {
  it('says the name for old and new readers, and nothing that ends the header', () => {
    expect(disposition('attachment', `Đồ "án" 50%.pdf`)).toBe(
      `attachment; filename="Do _an_ 50_.pdf"; filename*=UTF-8''%C4%90%E1%BB%93%20%22%C3%A1n%22%2050%25.pdf`,
    );
  });
});

describe('what may be uploaded', () => {
  it.each(['text/html', 'image/svg+xml', 'application/x-msdownload', undefined])('not %s', (mediaType) => {
    expect(kindOf(mediaType)).toBeNull();
  });
});
