import { describe, expect, test } from '@jest/globals';
import { translate } from './i18n.js';
import { Word } from './word.js';

const errors = (params: Record<string, unknown>) => translate('en', 'errors:contact_exists', params);

describe('translate', () => {
  test.each(['$t(errors:forbidden)', '{{email}}', '$&', "$'", '{{ name }}', '<b>&amp;'])(
    'puts the name %s in as it is',
    (name) => {
      expect(errors({ name, email: 'a@b.vn' })).toBe(`${name} of this firm already has the address a@b.vn.`);
    },
  );

  test('takes no value for an option', () => {
    const params = { lng: 'vi', ns: 'x', count: 2, context: 'x', defaultValue: 'x', postProcess: 'x' };
    expect(errors({ ...params, name: 'An', email: 'a@b.vn' })).toBe(
      'An of this firm already has the address a@b.vn.',
    );
  });

  test('says a word in the language of its sentence', () => {
    const params = { from: new Word('messaging:message_sent'), to: new Word('messaging:message_queued') };
    expect(translate('vi', 'errors:message_transition', params)).toBe(
      'Thư đang ở trạng thái “đã gửi” nên không thể chuyển sang “chờ gửi”.',
    );
    expect(translate('en', 'errors:message_transition', params)).toBe(
      'A message in the state “sent” cannot be put into the state “waiting to be sent”.',
    );
  });

  test('leaves out what it has no value for', () => {
    expect(errors({ name: 'An', email: null })).toBe('An of this firm already has the address .');
  });
});
