import { Injectable } from '@nestjs/common';
import { Handles, type JobRun } from '../../../platform/queue/handles.js';
import { LeadCells } from './lead-cells.js';
import { foldLeadCells } from '../leads.jobs.js';

@Injectable()
export class FoldLeadCellsJob {
  constructor(private readonly cells: LeadCells) {}

  @Handles(foldLeadCells)
  async handle(_payload: Record<never, never>, run: JobRun): Promise<void> {
    await this.cells.fold(run.signal);
  }
}
