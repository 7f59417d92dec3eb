import { IsOptional, IsUUID } from 'class-validator';
import { NamedRef } from '../../../platform/http/fields.js';

export class SendCaseLink {
  /** A person of the firm or of a partner; the lead's first contact when left out. */
  @IsOptional()
  @IsUUID()
  contactId?: string;
}

export class CaseVisitor {
  /** The person. */
  contact: NamedRef;
  /** When the person last looked; null: never. */
  lastVisitAt: string | null;
  /** An officer ended the access; a new link opens it again. */
  closed: boolean;
}

export class CaseVisitorList {
  /** Who may look at this lead's case, or has been sent a link. */
  items: CaseVisitor[];
}
