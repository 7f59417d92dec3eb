import { IsOptional } from 'class-validator';
import { CommaList, IsDay, Line } from '../../platform/http/fields.js';
import type { CommuneKind } from './commune.entity.js';

export class CommunesQuery {
  /** One or several, separated by commas. */
  @CommaList({ uuid: true })
  planningDistrictId?: string[];

  /** Only units that are not known to have ended before this day, or to begin after it. */
  @IsOptional()
  @IsDay()
  on?: string;

  /** Search, accents and case ignored. */
  @IsOptional()
  @Line(100)
  q?: string;
}

export class PlanningDistrictAnswer {
  id: string;
  code: string;
  name: string;
  /** Place in the plan's own list. */
  position: number;
  /** Last day on which it was also a unit of the administration. */
  validTo: string | null;
  /** Clusters in it, those that were dropped left out. */
  clusterCount: number;
}

export class PlanningDistrictList {
  items: PlanningDistrictAnswer[];
}

export class CommuneAnswer {
  id: string;
  name: string;
  kind: CommuneKind;
  planningDistrict: { id: string; name: string };
  /** Null when the source does not say. */
  validFrom: string | null;
  /** Last day under this name; null when no end is known. */
  validTo: string | null;
  /** What took its place. */
  successor: { id: string; name: string } | null;
  source: string;
}

export class CommuneList {
  items: CommuneAnswer[];
}
