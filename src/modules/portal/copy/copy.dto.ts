import { IsIn, IsOptional } from 'class-validator';
import { LANGUAGES, type Language } from '../../../platform/i18n/i18n.js';

export class CopyPageQuery {
  @IsOptional()
  @IsIn(LANGUAGES)
  lang?: Language;
}

export class CopyBody {
  @IsIn(['pdf', 'json'])
  format: 'pdf' | 'json';
}
