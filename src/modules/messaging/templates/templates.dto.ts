import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { CommaList, Line, MayBeAbsent, Text } from '../../../platform/http/fields.js';
import { PageQuery, type Page } from '../../../platform/http/pages.js';
import { LANGUAGES, type Language } from '../../../platform/i18n/i18n.js';
import {
  MAIL_AUDIENCES,
  MAIL_PURPOSES,
  MAIL_TOPICS,
  type MailAudience,
  type MailPurpose,
  type MailTopic,
  type Template,
  type TemplateText,
} from './template.entity.js';
import { variableNames } from './template-variables.rules.js';

const SUBJECT = 200;
const BODY = 20_000;

export class TemplateTextInput {
  /** `vi`, `en` or `zh`. A person whose language is missing gets: Vietnamese readers English, English readers Vietnamese, Chinese readers English, then Vietnamese. */
  @IsIn(LANGUAGES)
  language: Language;

  /** One line of at most 200 characters, with Liquid variables. Promotion mail gets the label that the law asks for in front. */
  @Line(SUBJECT)
  subject: string;

  /** At most 20,000 characters of Markdown (paragraphs, `## ` headings, lists, `**bold**`, links) with Liquid variables. The greeting belongs to it; answer buttons, signature and opt-out are added below. */
  @Text(BODY)
  body: string;
}

export class PutTemplateText {
  /** One line of at most 200 characters, with Liquid variables. */
  @Line(SUBJECT)
  subject: string;

  /** At most 20,000 characters of Markdown with Liquid variables. */
  @Text(BODY)
  body: string;
}

export class CreateTemplate {
  /** Stable name: small letters, digits and hyphens, 3 to 60. @example "round-thank-you" */
  @IsString()
  @MaxLength(60)
  @Matches(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  @Matches(/^.{3,}$/)
  code: string;

  /** `promotion` needs consent and carries the opt-out; `service` is a reply or a notice. Cannot be changed later. */
  @IsIn(MAIL_PURPOSES)
  purpose: MailPurpose;

  /** To whom it goes. Cannot be changed later. */
  @IsIn(MAIL_AUDIENCES)
  audience: MailAudience;

  /** What the reader may choose to get or not; for promotion mail to investors only, `rounds` when left out. */
  @MayBeAbsent()
  @IsIn(MAIL_TOPICS)
  topic?: MailTopic;

  /** At most 200 characters. */
  @Line(200)
  nameVi: string;

  /** At most 200 characters. */
  @Line(200)
  nameEn: string;

  /** One to three languages, each once. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  @ArrayUnique((text: TemplateTextInput) => text?.language)
  @ValidateNested({ each: true })
  @Type(() => TemplateTextInput)
  texts: TemplateTextInput[];
}

export class ChangeTemplate {
  /** For promotion mail to investors only. */
  @MayBeAbsent()
  @IsIn(MAIL_TOPICS)
  topic?: MailTopic;

  /** At most 200 characters. */
  @MayBeAbsent()
  @Line(200)
  nameVi?: string;

  /** At most 200 characters. */
  @MayBeAbsent()
  @Line(200)
  nameEn?: string;

  /** Texts to write or write anew; languages that are not named stay as they are. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  @ArrayUnique((text: TemplateTextInput) => text?.language)
  @ValidateNested({ each: true })
  @Type(() => TemplateTextInput)
  texts?: TemplateTextInput[];
}

export class TestMail {
  /** The language of the text; no fallback here. */
  @IsIn(LANGUAGES)
  language: Language;

  /** Instead of the stored subject. */
  @MayBeAbsent()
  @Line(SUBJECT)
  subject?: string;

  /** Instead of the stored body. */
  @MayBeAbsent()
  @Text(BODY)
  body?: string;
}

export class TestMailAnswer {
  /** Your own address. */
  toAddress: string;
  /** As it was sent. */
  subject: string;
}

export class PreviewTemplate {
  /** The language of the text; no fallback here. */
  @IsIn(LANGUAGES)
  language: Language;

  /** Instead of the stored subject. */
  @MayBeAbsent()
  @Line(SUBJECT)
  subject?: string;

  /** Instead of the stored body. */
  @MayBeAbsent()
  @Text(BODY)
  body?: string;

  /** Values instead of the built-in ones, by variable. @example { "contact": { "fullName": "Nguyễn Văn An" } } */
  @IsOptional()
  @IsObject()
  sample?: Record<string, unknown>;
}

export class TemplatesQuery extends PageQuery {
  /** Only these purposes. */
  @CommaList({ allowed: MAIL_PURPOSES })
  purpose?: MailPurpose[];

  /** Only these audiences. */
  @CommaList({ allowed: MAIL_AUDIENCES })
  audience?: MailAudience[];
}

export class TemplateListItem {
  id: string;
  code: string;
  purpose: MailPurpose;
  audience: MailAudience;
  /** `rounds`: rounds and events; `land`: land and clusters; `policy`: policy and incentives. Null but for promotion mail to investors. */
  topic: MailTopic | null;
  nameVi: string;
  nameEn: string;
  /** Languages that have a text. */
  languages: Language[];
  version: number;
  /** UTC. */
  updatedAt: string;
}

export class TemplatePage implements Page<TemplateListItem> {
  items: TemplateListItem[];
  nextCursor: string | null;
  total: number;
  totalIsEstimate?: true;
}

export class TemplateTextAnswer {
  language: Language;
  subject: string;
  body: string;
}

export class TemplateAnswer {
  id: string;
  code: string;
  purpose: MailPurpose;
  audience: MailAudience;
  /** `rounds`: rounds and events; `land`: land and clusters; `policy`: policy and incentives. Null but for promotion mail to investors. */
  topic: MailTopic | null;
  nameVi: string;
  nameEn: string;
  texts: TemplateTextAnswer[];
  /** What subject and body may name. @example ["firm.name", "clusters[].name"] */
  variables: string[];
  version: number;
  /** UTC. */
  createdAt: string;
  updatedAt: string;
}

export class LetterAnswer {
  subject: string;
  text: string;
  html: string;
}

export function toTemplateAnswer(template: Template, texts: readonly TemplateText[]): TemplateAnswer {
  const { id, code, purpose, audience, topic, nameVi, nameEn, version } = template;
  return {
    id,
    code,
    purpose,
    audience,
    topic,
    nameVi,
    nameEn,
    texts: LANGUAGES.flatMap((language) => texts.filter((text) => text.language === language)).map(
      ({ language, subject, body }) => ({ language, subject, body }),
    ),
    variables: variableNames(audience),
    version,
    createdAt: template.createdAt.toISOString(),
    updatedAt: template.updatedAt.toISOString(),
  };
}
