import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { LeadCells } from './roll-up/lead-cells.js';
import type { LeadKind } from './pipelines/pipeline.entity.js';
import type { Stage } from './pipelines/stage.rules.js';

interface PipelineSeed {
  kind: LeadKind;
  nameVi: string;
  nameEn: string;
  stages: (Pick<Stage, 'code'> &
    Partial<Stage> & { nameVi: string; nameEn: string; staleAfterDays?: number })[];
}

/** The two pipelines by default; what an administrator changed since stays. The zone of the roll-up's months. */
@Injectable()
export class LeadsSeed {
  constructor(
    private readonly db: Database,
    private readonly cells: LeadCells,
  ) {}

  async load(): Promise<void> {
    await this.cells.settleZone();
    const pipelines = JSON.parse(
      await readFile(new URL('./data/pipelines.json', import.meta.url), 'utf8'),
    ) as PipelineSeed[];
    const stages = pipelines.flatMap(({ kind, stages: its }) =>
      its.map(
        (
          {
            code,
            nameVi,
            nameEn,
            needsEvidence = false,
            needsCluster = false,
            isFinal = false,
            staleAfterDays,
          },
          index,
        ) => ({
          id: newId(),
          kind,
          code,
          name_vi: nameVi,
          name_en: nameEn,
          position: index + 1,
          needs_evidence: needsEvidence,
          needs_cluster: needsCluster,
          stale_after_days: staleAfterDays ?? null,
          is_final: isFinal,
          version: 1,
        }),
      ),
    );
    const kinds = pipelines.map(({ kind, nameVi, nameEn }) => ({ kind, name_vi: nameVi, name_en: nameEn }));
    await this.db.transaction(async () => {
      await this.db.execute(
        `INSERT INTO pipeline SELECT * FROM jsonb_populate_recordset(NULL::pipeline, $1::jsonb) ON CONFLICT (kind) DO NOTHING`,
        [JSON.stringify(kinds)],
      );
      await this.db.execute(
        `INSERT INTO pipeline_stage SELECT * FROM jsonb_populate_recordset(NULL::pipeline_stage, $1::jsonb) ON CONFLICT DO NOTHING`,
        [JSON.stringify(stages)],
      );
    });
  }
}
