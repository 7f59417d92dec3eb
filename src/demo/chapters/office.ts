import { runAs, SYSTEM } from '../../platform/database/actor.js';
import { UsersService } from '../../modules/identity/users.service.js';
import { ApiClient, type Page } from '../api-client.js';
import type { People, Person, Stage } from '../cast.js';
import { sampleAccounts, type SampleAccount } from '../sample-data.js';

/** The office opens: the accounts are there, their people sign in, and the land on offer is loaded. */
export async function openOffice(stage: Stage): Promise<People> {
  const { narrator, time } = stage;
  narrator.chapter('office', { day: narrator.longDay(stage.program.clock.today()) });
  const people = Object.fromEntries(
    await Promise.all(
      sampleAccounts().map(async (account) => [account.key, await enter(stage, account)] as const),
    ),
  ) as unknown as People;
  narrator.table(
    narrator.heads('head_name', 'head_role', 'head_email'),
    Object.values(people).map((person: Person) => [
      person.name,
      narrator.words(`role_${person.role}`),
      person.email,
    ]),
  );
  narrator.done('signed_in', { time: narrator.time(time.now()) });
  const clusters = await people.a.api.get<Page<unknown>>('/api/v1/clusters?limit=1');
  const targets = await people.a.api.get<{ items: unknown[] }>('/api/v1/targets');
  narrator.done('plan_loaded', { clusters: clusters.total, targets: targets.items.length });
  return people;
}

/** The account is made behind the counter, because only the demo may mark one as a sample; then the front door is used. */
async function enter({ program, narrator }: Stage, account: SampleAccount): Promise<Person> {
  const users = program.app.get(UsersService, { strict: false });
  const { name, email, role, password } = account;
  const user = await runAs(SYSTEM, () =>
    users.create({ name, email, role, password, language: narrator.language, sample: true }),
  );
  const api = new ApiClient(program.url, narrator.language);
  await api.signIn(email, password);
  return { ...account, id: user.id, api };
}
