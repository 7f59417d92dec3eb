import type { Language } from '../../../platform/i18n/i18n.js';

/** An active officer who may be given an enquiry. */
export interface Candidate {
  id: string;
  name: string;
  /** Planning districts that the officer looks after. */
  districtIds: readonly string[];
  /** What the officer writes in. */
  languages: readonly Language[];
  openLeads: number;
}

export interface ChoiceWanted {
  /** Of the clusters asked about; none where the firm does not know yet. */
  districtIds: readonly string[];
  language: Language;
}

export interface OwnerChosen {
  owner: Candidate;
  /** What told the chosen one from the others, the first that did. */
  why: 'district' | 'language' | 'load';
  /** Of the wanted districts, those that the chosen one looks after. */
  districtIds: readonly string[];
}

/**
 * Who looks after more of the districts asked about; of those, who writes the contact's language; of those, who has
 * the fewest open leads; of those, the order given. Nobody where nobody is there.
 */
export function chooseOwner(candidates: readonly Candidate[], wanted: ChoiceWanted): OwnerChosen | null {
  const ranked = candidates
    .map((owner, order) => ({
      owner,
      order,
      districtIds: wanted.districtIds.filter((id) => owner.districtIds.includes(id)),
      writes: owner.languages.includes(wanted.language),
    }))
    .sort(
      (a, b) =>
        b.districtIds.length - a.districtIds.length ||
        Number(b.writes) - Number(a.writes) ||
        a.owner.openLeads - b.owner.openLeads ||
        a.order - b.order,
    );
  const [best] = ranked;
  if (!best) return null;
  const { owner, districtIds } = best;
  const rivals = ranked.filter((one) => one.districtIds.length === districtIds.length);
  if (districtIds.length > 0) return { owner, why: 'district', districtIds };
  const toldByLanguage = best.writes && rivals.some(({ writes }) => !writes);
  return { owner, why: toldByLanguage ? 'language' : 'load', districtIds };
}
