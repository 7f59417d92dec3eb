import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import type { MailPurpose } from '../messaging/templates/template.entity.js';
import type { Step } from './sequence.rules.js';
import type { StopStages } from './stop.rules.js';

export interface PlanVersion {
  planId: string;
  versionId: string;
  number: number;
  archived: boolean;
}

/** A step as planning, dispatch and the API need it. */
export interface PlanStep extends Step {
  planVersionId: string;
  templateId: string | null;
  /** Null without a template. */
  purpose: MailPurpose | null;
  titleVi: string;
  titleEn: string;
}

export interface PlanRow {
  id: string;
  code: string;
  name: string;
  currentVersion: number;
  isDefault: boolean;
  archivedAt: Date | null;
  version: number;
  versionId: string;
  stopStages: StopStages;
  createdAt: Date;
  updatedAt: Date;
}

const PLAN = `
  SELECT p.id, p.code, p.name, p.current_version AS "currentVersion", p.is_default AS "isDefault",
         p.archived_at AS "archivedAt", p.version, v.id AS "versionId", v.stop_stages AS "stopStages",
         p.created_at AS "createdAt", p.updated_at AS "updatedAt"
    FROM follow_up_plan p JOIN follow_up_plan_version v ON v.plan_id = p.id AND v.number = p.current_version`;

interface StepRow extends Omit<PlanStep, 'offset'> {
  offsetAmount: number;
  offsetUnit: Step['offset']['unit'];
}

@Injectable()
export class PlansQueries {
  constructor(private readonly db: Database) {}

  async get(id: string): Promise<PlanRow> {
    const [row] = await this.db.query<PlanRow>(`${PLAN} WHERE p.id = $1`, [id]);
    if (!row) throw new NotFound('plan_not_found');
    return row;
  }

  async exists(id: string): Promise<boolean> {
    return (await this.db.query(`SELECT 1 FROM follow_up_plan WHERE id = $1`, [id])).length > 0;
  }

  /** The one offered first when a round is closed. */
  async findDefault(): Promise<PlanRow | null> {
    const [row] = await this.db.query<PlanRow>(`${PLAN} WHERE p.is_default AND p.archived_at IS NULL`);
    return row ?? null;
  }

  /** A handful; the default first. */
  list(includeArchived: boolean): Promise<PlanRow[]> {
    return this.db.query<PlanRow>(
      `${PLAN} WHERE $1 OR p.archived_at IS NULL ORDER BY p.is_default DESC, p.name, p.id LIMIT 500`,
      [includeArchived],
    );
  }

  /** In order, by version. Versions never change, steps included. */
  async stepsOf(versionIds: readonly string[]): Promise<Map<string, PlanStep[]>> {
    const rows = await this.db.query<StepRow>(
      `SELECT s.id, s.plan_version_id AS "planVersionId", s.key, s.position, s.offset_amount AS "offsetAmount",
              s.offset_unit AS "offsetUnit", s.channel, s.template_id AS "templateId", t.purpose,
              s.title_vi AS "titleVi", s.title_en AS "titleEn", s.condition
         FROM follow_up_step s LEFT JOIN template t ON t.id = s.template_id
        WHERE s.plan_version_id = ANY($1::uuid[]) ORDER BY s.plan_version_id, s.position`,
      [versionIds],
    );
    const steps = new Map<string, PlanStep[]>(versionIds.map((id) => [id, []]));
    for (const { offsetAmount, offsetUnit, ...row } of rows) {
      steps.get(row.planVersionId)!.push({ ...row, offset: { amount: offsetAmount, unit: offsetUnit } });
    }
    return steps;
  }
}
