import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { toE164 } from '../../../platform/http/fields.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { Agency } from './agency.entity.js';
import type { AgencyAnswer, ChangeAgency } from './agency.dto.js';

/** Every public page asks; another process may show the old details for as long. */
const KEPT_MS = 10_000;

/** The agency's own details. */
@Injectable()
export class AgencyService {
  private kept: { answer: AgencyAnswer; until: number } | null = null;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async get(): Promise<AgencyAnswer> {
    if (this.kept && performance.now() < this.kept.until) return this.kept.answer;
    const answer = this.show(await this.db.repo(Agency).findOneByOrFail({ onlyOne: true }));
    this.kept = { answer, until: performance.now() + KEPT_MS };
    return answer;
  }

  update(version: number, changes: ChangeAgency): Promise<AgencyAnswer> {
    return this.db.transaction(async () => {
      const agency = await this.db.repo(Agency).findOneOrFail({
        where: { onlyOne: true },
        lock: { mode: 'pessimistic_write' },
      });
      assertVersion(agency.version, version);
      for (const [key, value] of Object.entries(changes))
        if (value !== undefined) Object.assign(agency, { [key]: value });
      if (changes.phone) agency.phone = toE164(changes.phone);
      agency.version += 1;
      agency.updatedAt = this.clock.now();
      await this.db.repo(Agency).save(agency);
      this.db.afterCommit(() => {
        this.kept = null;
      });
      return this.show(agency);
    });
  }

  private show(agency: Agency): AgencyAnswer {
    const { name, address, phone, email, website, workingHours, licenceName, licenceUrl, version } = agency;
    return {
      name: name ?? { vi: this.senderName(), en: null, zh: null },
      nameIsAssumed: name === null,
      address,
      phone,
      email,
      website,
      workingHours,
      openData: { licence: { name: licenceName, url: licenceUrl } },
      version,
    };
  }

  private senderName(): string {
    const { mailFrom } = this.config;
    const named = /^\s*"?([^"<]*?)"?\s*</.exec(mailFrom)?.[1]?.trim();
    return named || mailFrom;
  }
}
