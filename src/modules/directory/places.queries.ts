import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { whereClause } from '../../platform/http/pages.js';
import type { CommuneAnswer, CommunesQuery, PlanningDistrictAnswer } from './places.dto.js';
import { escapeLike } from './search.rules.js';

@Injectable()
export class PlacesQueries {
  constructor(private readonly db: Database) {}

  planningDistricts(): Promise<PlanningDistrictAnswer[]> {
    return this.db.query<PlanningDistrictAnswer>(sql`
      SELECT d.id, d.code, d.name, d.position, d.valid_to::text AS "validTo",
             (SELECT count(*)::int FROM cluster c WHERE c.planning_district_id = d.id AND c.status <> 'dropped') AS "clusterCount"
        FROM planning_district d ORDER BY d.position`);
  }

  communes({ planningDistrictId, on, q }: CommunesQuery): Promise<CommuneAnswer[]> {
    const where: Sql[] = [
      ...(planningDistrictId?.length
        ? [sql`o.planning_district_id = ANY(${planningDistrictId}::uuid[])`]
        : []),
      ...(on
        ? [
            sql`coalesce(o.valid_from, '-infinity') <= ${on}::date AND coalesce(o.valid_to, 'infinity') >= ${on}::date`,
          ]
        : []),
      ...(q ? [sql`fold(o.name) LIKE fold(${`%${escapeLike(q)}%`})`] : []),
    ];
    return this.db.query<CommuneAnswer>(sql`
      SELECT o.id, o.name, o.kind, json_build_object('id', d.id, 'name', d.name) AS "planningDistrict",
             o.valid_from::text AS "validFrom", o.valid_to::text AS "validTo",
             CASE WHEN s.id IS NOT NULL THEN json_build_object('id', s.id, 'name', s.name) END AS successor, o.source
        FROM commune o JOIN planning_district d ON d.id = o.planning_district_id LEFT JOIN commune s ON s.id = o.successor_id
        ${whereClause(where)} ORDER BY d.position, fold(o.name), o.id`);
  }
}
