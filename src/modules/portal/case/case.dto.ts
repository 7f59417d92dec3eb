import { Transform } from 'class-transformer';
import { IsEmail, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsPhone, Line, Text } from '../../../platform/http/fields.js';
import { LANGUAGES, type Language } from '../../../platform/i18n/i18n.js';
import { OBSTACLE_CATEGORIES, type ObstacleCategory } from '../../leads/obstacles/obstacle.rules.js';
import { emptyIsAbsent } from '../site/form-fields.js';

const emptyIsNull = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && value.trim() === '' ? null : value;

export class CasePageQuery {
  @IsOptional()
  @IsIn(LANGUAGES)
  lang?: Language;

  /** What was just done, so that the page says so. */
  @IsOptional()
  @IsIn(['document', 'obstacle', 'data', 'email', 'request'])
  done?: 'document' | 'obstacle' | 'data' | 'email' | 'request';
}

export class PressBody {
  /** Of this page's form. */
  @IsString()
  @MaxLength(100)
  press: string;
}

export class CaseDocumentForm {
  /** What it is, at most 200 characters. */
  @Line(200)
  title: string;
}

export class CaseObstacleForm {
  @IsIn(OBSTACLE_CATEGORIES)
  category: ObstacleCategory;

  /** In one line, at most 200 characters. */
  @Line(200)
  title: string;

  /** At most 5,000 characters. */
  @Transform(emptyIsAbsent)
  @IsOptional()
  @Text(5000)
  description?: string;
}

export class CasePersonForm {
  @Line(200)
  fullName: string;

  @Transform(emptyIsNull)
  @IsOptional()
  @Line(200)
  title?: string | null;

  @Transform(emptyIsNull)
  @IsOptional()
  @IsPhone()
  phone?: string | null;

  @IsIn(LANGUAGES)
  language: Language;
}

export class CaseEmailForm {
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim().toLowerCase() : value,
  )
  @IsEmail()
  @MaxLength(254)
  email: string;
}

export class CaseRequestForm {
  @IsIn(['copy', 'erase', 'restrict', 'withdraw'])
  kind: 'copy' | 'erase' | 'restrict' | 'withdraw';

  /** At most 2,000 characters. */
  @Transform(emptyIsAbsent)
  @IsOptional()
  @Text(2000)
  text?: string;
}
