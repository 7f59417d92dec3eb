import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '../../../platform/http/problem.js';
import { translate } from '../../../platform/i18n/i18n.js';
import { isSafeAddress, toHtml, toText } from '../letters/markup.rules.js';
import { checkText } from './template-check.rules.js';
import { variableNames } from './template-variables.rules.js';
import type { MailAudience } from './template.entity.js';

function faultsOf(body: string, audience: MailAudience = 'investor', subject = 'Thư') {
  try {
    checkText({ subject, body }, audience, 'texts.0.');
    return [];
  } catch (error) {
    return (error as ProblemError).faults;
  }
}

function faults(...text: Parameters<typeof faultsOf>) {
  return faultsOf(...text).map(({ path, code, params }) => [path, code, params?.variable ?? params?.address]);
}

describe('what a template may say', () => {
  it.each([
    '{{ firm.name }} {{ contact.fullName | default: "Quý vị" }}',
    '{% for cluster in clusters %}{{ cluster.name }} {{ forloop.index }}{% endfor %}',
    '{% for c in clusters %}\n- [{{ c.name }}]({{ c.url }})\n{% endfor %}',
    '{% if clusters.size > 0 %}{{ clusters.first.name }}{{ clusters[0].name }}{% endif %}',
    '[Trả lời]({{ links.answer }}) [b](https://langson.gov.vn/a?b=c) [c](mailto:a@b.vn)',
    '{% case lead.reference %}{% when "x" %}1{% else %}2{% endcase %}',
  ])('accepts %s', (body) => {
    expect(faults(body)).toEqual([]);
  });

  it.each([
    ['{{ firm.nam }}', 'unknown_variable', 'firm.nam'],
    ['{{ secretKey }}', 'unknown_variable', 'secretKey'],
    ['{{ firm.constructor }}', 'unknown_variable', 'firm.constructor'],
    ['{{ firm.name.length }}', 'unknown_variable', 'firm.name.length'],
    ['{% for c in clusters %}{{ c.price }}{% endfor %}', 'unknown_variable', 'c.price'],
    ['{% for c in firms %}{{ c.name }}{% endfor %}', 'unknown_variable', 'firms'],
    ['{% if task.title %}x{% endif %}', 'unknown_variable', 'task.title'],
    ['{{ firm[contact.title] }}', 'unknown_variable', 'firm.[…]'],
    ['{{ cluster.name }}', 'unknown_variable', 'cluster.name'],
    ['[x]({{ firm.name }})', 'unsafe_link', '{{ firm.name }}'],
    ['[x](javascript:alert)', 'unsafe_link', 'javascript:alert'],
    ['[x](data:text/html,a)', 'unsafe_link', 'data:text/html,a'],
    ['{{ firm.name', 'template_syntax', undefined],
    ['{% if firm.name %}x', 'template_syntax', undefined],
    ['{{ firm.name | raw }}', 'template_syntax', undefined],
    ["{% include 'x' %}", 'template_syntax', undefined],
    ['{% assign x = 1 %}', 'template_syntax', undefined],
    ['{% raw %}x{% endraw %}', 'template_syntax', undefined],
  ])('refuses %s', (body, code, named) => {
    expect(faults(body)[0]).toEqual(['texts.0.body', code, named]);
  });

  it.each([
    ['Kính gửi\n\n{% if firm.name %}x', 3, 'something begins with if'],
    ['Kính gửi,\n- {{ firm.name', 2, 'a bracket is opened'],
    ['a\n\n\n{{ firm.name | raw }}', 4, 'what follows the |'],
    ['{% endif %}', 1, 'a command cannot be used'],
    ['# Đề mục\n\n{% if %}x{% endif %}', 3, 'what stands in the brackets'],
    ['{% for x %}{% endfor %}', 1, 'what stands in the brackets'],
  ])('says in plain words what is wrong in %j, and in which line', (body, line, words) => {
    const [fault] = faultsOf(body);
    const said = (language: 'vi' | 'en') => translate(language, `errors:${fault!.code}`, fault!.params);
    expect(said('en')).toMatch(new RegExp(`^Line ${line} is not right: ${words.replace('|', '\\|')}`));
    expect(said('vi')).toMatch(new RegExp(`^Dòng ${line} viết chưa đúng: \\S`));
  });

  it('checks the subject too, and names every fault', () => {
    expect(faults('{{ a }}', 'investor', '{{ b }}')).toEqual([
      ['texts.0.subject', 'unknown_variable', 'b'],
      ['texts.0.body', 'unknown_variable', 'a'],
    ]);
  });

  it('knows different variables for investors and officers', () => {
    expect(faults('{{ task.title }} {{ recipient.name }}', 'officer')).toEqual([]);
    expect(faults('{{ links.optOut }}', 'officer')[0]).toEqual([
      'texts.0.body',
      'unknown_variable',
      'links.optOut',
    ]);
    expect(variableNames('investor')).toContain('clusters[].name');
  });

  it('ends on texts made to be slow', () => {
    const began = performance.now();
    for (const body of [
      '*'.repeat(20_000),
      '[a]('.repeat(5_000),
      '{{'.repeat(10_000),
      '**a '.repeat(5_000),
      '\n'.repeat(20_000),
      '{% for a in '.repeat(1_500),
    ])
      faults(body);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('the small Markdown', () => {
  it('makes paragraphs, breaks, headings, lists, bold and links', () => {
    const html = toHtml('Chào **bạn**,\ndòng hai\n\n## Mục\n- một\n- hai\n\n1. a\n2. b').replace(
      / style="[^"]*"/g,
      '',
    );
    expect(html).toBe(
      '<p>Chào <strong>bạn</strong>,<br>dòng hai</p>\n<h2>Mục</h2>\n<ul><li>một</li><li>hai</li></ul>\n<ol><li>a</li><li>b</li></ol>',
    );
  });

  it('writes a loop around items as one list', () => {
    const source = '{% for c in clusters %}\n- {{ c.name }}\n{% endfor %}';
    expect(toHtml(source).replace(/ style="[^"]*"/g, '')).toBe(
      '<ul>{% for c in clusters %}<li>{{ c.name }}</li>{% endfor %}</ul>',
    );
    expect(toText(source)).toBe('{% for c in clusters %}- {{ c.name }}\n{% endfor %}');
  });

  it('keeps conditions outside of paragraphs', () => {
    expect(
      toHtml('{% if a %}\nb\n{% else %}\nc\n{% endif %}')
        .replace(/ style="[^"]*"/g, '')
        .replaceAll('\n', ''),
    ).toBe('{% if a %}<p>b</p>{% else %}<p>c</p>{% endif %}');
  });

  it('escapes what is written, and leaves Liquid alone', () => {
    expect(toHtml('<script> {% if a > "<" %}{{ b }}{% endif %}')).toContain(
      '&lt;script&gt; {% if a > "<" %}{{ b }}{% endif %}',
    );
  });

  it('points only where a letter may', () => {
    expect(isSafeAddress('https://a.vn/"onclick="x')).toBe(false);
    expect(isSafeAddress('//evil.example')).toBe(false);
    expect(isSafeAddress('{{links.answer}}')).toBe(true);
  });

  it('is readable as plain text', () => {
    expect(toText('## Mục\n**Đậm** [xem]({{ links.answer }})')).toBe('Mục\nĐậm xem ({{ links.answer }})\n');
  });
});
