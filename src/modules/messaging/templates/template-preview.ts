import { Injectable } from '@nestjs/common';
import { Config } from '../../../platform/config/config.js';
import { Invalid, NotFound } from '../../../platform/http/problem.js';
import { LetterRenderer, type Letter, type LetterValues } from '../letters/letter-renderer.js';
import { letterValues } from '../letters/letter-values.js';
import { sampleFacts } from './sample-facts.js';
import { checkText } from './template-check.rules.js';
import { isTooHeavy } from './template-syntax.rules.js';
import { isKnown, VARIABLES } from './template-variables.rules.js';
import type { Template } from './template.entity.js';
import type { PreviewTemplate } from './templates.dto.js';
import { TemplatesQueries } from './templates.queries.js';

const VALUE_LENGTH = 2_000;
const ITEMS = 20;

/** A letter as its reader would get it, with made-up people; nothing is stored or sent. */
@Injectable()
export class TemplatePreview {
  constructor(
    private readonly templates: TemplatesQueries,
    private readonly renderer: LetterRenderer,
    private readonly config: Config,
  ) {}

  async preview(id: string, { language, subject, body, sample }: PreviewTemplate): Promise<Letter> {
    const template = await this.templates.get(id);
    const stored = (await this.templates.textsOf(id)).find((text) => text.language === language);
    const text = { subject: subject ?? stored?.subject, body: body ?? stored?.body };
    if (text.subject === undefined || text.body === undefined)
      throw new NotFound('template_language_missing');
    const source = {
      subject: text.subject,
      body: text.body,
      language,
      purpose: template.purpose,
      audience: template.audience,
    };
    checkText(source, template.audience);
    const values = letterValues(sampleFacts(template, language), this.config);
    const shown = sample ? overlay(values, checked(sample, template)) : values;
    try {
      return await this.renderer.render(source, shown);
    } catch (error) {
      if (!isTooHeavy(error)) throw error;
      throw new Invalid('body', 'template_too_heavy');
    }
  }
}

/** The caller's values may replace variables, and nothing else. */
function checked(sample: Record<string, unknown>, template: Template): Record<string, unknown> {
  const visit = (value: unknown, path: (string | number)[]): void => {
    const at = `sample.${path.join('.')}`;
    if (!isKnown(template.audience, path, new Map()))
      throw new Invalid(at, 'unknown_variable', {
        variable: path.join('.'),
        allowed: Object.keys(VARIABLES[template.audience]).join(', '),
      });
    if (Array.isArray(value)) {
      if (value.length > ITEMS) throw new Invalid(at, 'too_many', { limit: ITEMS });
      value.forEach((item, index) => visit(item, [...path, index]));
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) visit(inner, [...path, name]);
    } else if (typeof value === 'string' && value.length > VALUE_LENGTH)
      throw new Invalid(at, 'too_long', { limit: VALUE_LENGTH });
  };
  for (const [name, value] of Object.entries(sample)) visit(value, [name]);
  return sample;
}

function overlay(base: unknown, over: Record<string, unknown>): LetterValues {
  const result: LetterValues = { ...(base as LetterValues) };
  for (const [name, value] of Object.entries(over)) {
    const under = result[name];
    const nested =
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      typeof under === 'object' &&
      under !== null &&
      !Array.isArray(under);
    result[name] = nested ? overlay(under, value as Record<string, unknown>) : value;
  }
  return result;
}
