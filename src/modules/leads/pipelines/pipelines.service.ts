import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { NotFound } from '../../../platform/http/problem.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { Pipeline, PipelineStage } from './pipeline.entity.js';
import { toStage, type ChangeStage, type PipelineList, type StageAnswer } from './pipelines.dto.js';

@Injectable()
export class PipelinesService {
  constructor(private readonly db: Database) {}

  async list(): Promise<PipelineList> {
    const [pipelines, stages] = await Promise.all([
      this.db.repo(Pipeline).find({ order: { kind: 'ASC' } }),
      this.db.repo(PipelineStage).find({ order: { position: 'ASC' } }),
    ]);
    const items = pipelines.map(({ kind, nameVi, nameEn }) => ({
      kind,
      nameVi,
      nameEn,
      stages: stages.filter((stage) => stage.kind === kind).map(toStage),
    }));
    return { items };
  }

  /** Codes and their order stay: leads, plans and reports stand on them. */
  change(kind: string, code: string, change: ChangeStage, seenVersion: number): Promise<StageAnswer> {
    return this.db.transaction(async () => {
      const stages = this.db.repo(PipelineStage);
      const stage = await stages
        .createQueryBuilder('s')
        .setLock('pessimistic_write')
        .where({ kind, code })
        .getOne();
      if (!stage) throw new NotFound('stage_not_found');
      assertVersion(stage.version, seenVersion);
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      return toStage(await stages.save(Object.assign(stage, given)));
    });
  }
}
