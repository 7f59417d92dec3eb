import { defineJob } from '../../platform/queue/define-job.js';

/** Folds what reports have to add up by themselves until then. */
export const foldLeadCells = defineJob('leads.fold-cells', {
  attempts: 1,
  schedule: ({ dispatchEveryMs }) => ({ everyMs: dispatchEveryMs }),
});
