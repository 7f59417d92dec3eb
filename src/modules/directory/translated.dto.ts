import { IsOptional } from 'class-validator';
import { Line, Text } from '../../platform/http/fields.js';

/** Words in the investor's languages; null where nobody has written them yet. */
export interface Translated {
  vi: string;
  en: string | null;
  zh: string | null;
}

/** One line in three languages. */
export class TranslatedLine implements Translated {
  /** Vietnamese, at most 300 characters. */
  @Line(300)
  vi: string;

  /** The same in English. */
  @IsOptional()
  @Line(300)
  en: string | null = null;

  /** The same in Chinese. */
  @IsOptional()
  @Line(300)
  zh: string | null = null;
}

/** A text in three languages. */
export class TranslatedText implements Translated {
  /** Vietnamese, at most 2,000 characters. */
  @Text(2000)
  vi: string;

  /** The same in English. */
  @IsOptional()
  @Text(2000)
  en: string | null = null;

  /** The same in Chinese. */
  @IsOptional()
  @Text(2000)
  zh: string | null = null;
}
