import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsUUID } from 'class-validator';
import { Line, MayBeAbsent, NamedRef, Text } from '../../../platform/http/fields.js';
import { DOCUMENT_DIRECTIONS, type DocumentDirection } from './lead-document.entity.js';

const emptyIsAbsent = ({ value }: { value: unknown }): unknown => (value === '' ? undefined : value);

/** The text fields of the form beside its `file`. */
export class AddDocument {
  /** Who it came from: the investor, or the agency. */
  @IsIn(DOCUMENT_DIRECTIONS)
  direction: DocumentDirection;

  /** What it is, at most 200 characters. */
  @Line(200)
  title: string;

  /** Of the agency's own, at most 2,000 characters; never shown to the investor. */
  @Transform(emptyIsAbsent)
  @IsOptional()
  @Text(2000)
  note?: string;

  /** From whom, or for whom: a person of the firm or of a partner; the lead's first contact when left out. */
  @Transform(emptyIsAbsent)
  @IsOptional()
  @IsUUID()
  contactId?: string;

  /** `true`: that person sees it in the case page. */
  @Transform(({ value }: { value: unknown }) =>
    value === 'true' ? true : value === 'false' || value === '' ? false : value,
  )
  @MayBeAbsent()
  @IsBoolean()
  sharedWithInvestor?: boolean;
}

export class ChangeDocument {
  /** At most 200 characters. */
  @MayBeAbsent()
  @Line(200)
  title?: string;

  /** Null empties it; at most 2,000 characters. */
  @IsOptional()
  @Text(2000)
  note?: string | null;

  /** Whom it is from or for; only a person of the firm or of a partner. */
  @MayBeAbsent()
  @IsUUID()
  contactId?: string;

  /** Shared with that person, or no longer. */
  @MayBeAbsent()
  @IsBoolean()
  sharedWithInvestor?: boolean;
}

export class DocumentFile {
  /** As it is offered for saving. */
  name: string;
  /** Bytes. */
  size: number;
  mediaType: string;
}

export class DocumentAnswer {
  id: string;
  leadId: string;
  direction: DocumentDirection;
  title: string;
  note: string | null;
  contact: NamedRef | null;
  sharedWithInvestor: boolean;
  /** Null: the content is gone for good, with the person whose it was. */
  file: DocumentFile | null;
  /** Null: the investor did. */
  addedBy: NamedRef | null;
  addedAt: string;
  /** Taken away: no list shows it any more, and it can be brought back. */
  removed: boolean;
  version: number;
}

export class DocumentList {
  /** The newest first. */
  items: DocumentAnswer[];
}
