import { describe, expect, test } from '@jest/globals';
import { dayIn, districtIn, momentIn, namedDayIn, numberIn } from './format.rules.js';

const MORNING = new Date('2026-03-05T01:00:00Z');
const HERE = 'Asia/Ho_Chi_Minh';

describe('each language writes days, times and numbers in its own way', () => {
  test.each([
    ['vi', '05/03/2026', 'Thứ Năm, 05/03/2026', '08:00 Thứ Năm, 05/03/2026', '1.156,77'],
    ['en', '5 March 2026', 'Thursday, 5 March 2026', 'Thursday, 5 March 2026 at 08:00', '1,156.77'],
    ['zh', '2026年3月5日', '2026年3月5日星期四', '2026年3月5日星期四 08:00', '1,156.77'],
  ] as const)('%s', (language, day, namedDay, moment, number) => {
    expect(dayIn(language, '2026-03-05')).toBe(day);
    expect(namedDayIn(language, MORNING, HERE)).toBe(namedDay);
    expect(momentIn(language, MORNING, HERE)).toBe(moment);
    expect(numberIn(language, 1156.77)).toBe(number);
  });

  test('what is not known stays unknown', () => {
    expect([dayIn('en', null), numberIn('en', null)]).toEqual([null, null]);
  });
});

test('a place keeps its name, the kind of place is translated', () => {
  const city = 'Thành phố Lạng Sơn';
  expect((['vi', 'en', 'zh'] as const).map((language) => districtIn(language, city))).toEqual([
    city,
    'Lạng Sơn city',
    'Lạng Sơn市',
  ]);
  expect(districtIn('en', 'Văn Lãng')).toBe('Văn Lãng');
});
