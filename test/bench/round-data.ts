import { ConsentService } from '../../src/modules/directory/consent.service.js';
import { ContactsService } from '../../src/modules/directory/contacts.service.js';
import { FirmsService } from '../../src/modules/directory/firms.service.js';
import { ParticipationsService } from '../../src/modules/promotion/participations.service.js';
import { RoundsService } from '../../src/modules/promotion/rounds.service.js';
import { UsersService } from '../../src/modules/identity/users.service.js';
import { runAs, SYSTEM } from '../../src/platform/database/actor.js';
import type { Workbench } from './workbench.js';

let rounds = 0;

/** A running round whose firms all attended, asked about a cluster and agreed to mail; each has its own mail domain. */
export function prepareRound(bench: Workbench, participants: number): Promise<string> {
  const round = ++rounds;
  return runAs(SYSTEM, async () => {
    const owner = await bench
      .get(UsersService)
      .create({ email: `owner-${round}@sample.test`, name: 'Cán bộ đo', role: 'officer' });
    const roundId = await bench.get(RoundsService).create({
      code: `B-${round}`,
      name: `Đợt đo ${round}`,
      startsOn: '2026-02-23',
      endsOn: '2026-02-27',
      ownerId: owner.id,
    });
    const numbers = Array.from({ length: participants }, (_, n) => `${round}-${n}`);
    const firms = await bench
      .get(FirmsService)
      .importMany(numbers.map((n) => ({ name: `Công ty Đo ${n}`, sample: true })));
    const contacts = await bench.get(ContactsService).importMany(
      numbers.map((n, index) => ({
        firmId: firms[index]!.id,
        fullName: `Người Đo ${n}`,
        email: `a@firm-${n}.test`,
        language: 'vi' as const,
        sample: true,
      })),
    );
    await bench.get(ConsentService).recordMany(
      contacts.map(({ id }) => ({
        contactId: id,
        purpose: 'promotion_mail',
        action: 'given',
        channel: 'import',
        evidence: 'made up for the benchmark',
      })),
    );
    const [cluster] = await bench.db.query<{ id: string }>(`SELECT id FROM cluster ORDER BY code LIMIT 1`);
    const items = firms.map(({ id }, index) => ({
      firmId: id,
      contactId: contacts[index]!.id,
      status: 'attended' as const,
      clusterIds: [cluster!.id],
      ownerId: owner.id,
    }));
    await bench.get(ParticipationsService).add(roundId, items, () => '');
    return roundId;
  });
}
