import { NamedRef } from '../../../platform/http/fields.js';
import type { LeadKind } from './pipeline.entity.js';

export class LadderLead {
  id: string;
  reference: string;
  firm: NamedRef;
  owner: NamedRef | null;
  stageSince: string;
}

export class LadderRung {
  kind: LeadKind;
  /** A stage code, `lost` or `dormant`. */
  stage: string;
  nameVi: string;
  nameEn: string;
  /** From 1, in the order of the way; null for `lost` and `dormant`. */
  position: number | null;
  /** Leads that stand here: the total of `/clusters/:id/leads?kind=…&stage=…`. */
  count: number;
  /** Their firms, each once. */
  firms: number;
  /** The ten of the latest activity. */
  leads: LadderLead[];
}

export class ClusterLadder {
  /** Every stage of both pipelines in order, also where nobody stands; the exits only where somebody does. */
  rungs: LadderRung[];
}
