import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';

export const SEARCH_TYPES = ['firm', 'contact', 'lead', 'cluster', 'round'] as const;
export type SearchType = (typeof SEARCH_TYPES)[number];

export class SearchQuery {
  /**
   * Two to 200 characters, accents and case ignored: the beginnings of words of a name, a reference, a code, a tax
   * code, a telephone number or an e-mail address.
   */
  @IsString()
  @MinLength(2)
  @MaxLength(200)
  q: string;

  /** Hits of each type, 1 to 20; 5 when left out. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(20)
  limit?: number;
}

export class SearchHit {
  type: SearchType;
  /** Of the thing itself. */
  id: string;
  /** Its name; of a lead its firm's. */
  title: string;
  /** What tells it from others: tax code, e-mail or telephone of a firm; the firm of a contact; the reference of a lead; the code of a cluster or round. */
  subtitle: string | null;
  /** Of a lead; null otherwise. */
  leadId: string | null;
  /** Of a firm, contact or lead; null otherwise. */
  firmId: string | null;
  /** Where a lead, cluster or round stands: a stage or status code; `restricted` of a person who limited the use of personal data; null otherwise. */
  state: string | null;
}

export class SearchGroup {
  type: SearchType;
  /** Best first. */
  hits: SearchHit[];
  /** There are others than those shown. */
  more: boolean;
}

export class SearchResult {
  /** Types with hits alone, in this order: firm, contact, lead, cluster, round. */
  groups: SearchGroup[];
}
