import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/database/actor.js';
import { Database } from '../../../platform/database/database.js';
import type { Language } from '../../../platform/i18n/i18n.js';
import { Timeline } from '../../leads/timeline/timeline.service.js';
import { chooseOwner, type Candidate, type OwnerChosen } from './owner-choice.rules.js';

/** Who is given an enquiry, and why. */
@Injectable()
export class EnquiryOwners {
  constructor(
    private readonly db: Database,
    private readonly timeline: Timeline,
  ) {}

  /** Nobody when there is no officer yet: the managers are told. */
  async choose(clusterIds: readonly string[], language: Language): Promise<OwnerChosen | null> {
    const districts = await this.db.query<{ id: string }>(
      `SELECT DISTINCT planning_district_id AS id FROM cluster WHERE id = ANY($1::uuid[])`,
      [clusterIds],
    );
    return chooseOwner(await this.candidates(), { districtIds: districts.map(({ id }) => id), language });
  }

  /** Into the story of the lead, in the words of the day. */
  async tell(leadId: string, chosen: OwnerChosen, language: Language): Promise<void> {
    const districts = await this.db.query<{ name: string }>(
      `SELECT name FROM planning_district WHERE id = ANY($1::uuid[]) ORDER BY fold(name)`,
      [chosen.districtIds],
    );
    const data = {
      to: chosen.owner.name,
      ownerId: chosen.owner.id,
      why: chosen.why,
      districts: districts.map(({ name }) => name),
      language,
    };
    await this.timeline.append([{ leadId, kind: `owner_chosen_${chosen.why}`, actor: SYSTEM, data }]);
  }

  private candidates(): Promise<Candidate[]> {
    return this.db.query<Candidate>(
      `SELECT u.id, u.name, u.district_ids AS "districtIds", u.languages,
              (SELECT count(*)::int FROM lead l WHERE l.owner_id = u.id AND l.stage NOT IN ('lost', 'dormant', 'operating')) AS "openLeads"
         FROM app_user u
        WHERE u.role = 'officer' AND u.deactivated_at IS NULL ORDER BY u.created_at, u.id`,
    );
  }
}
