import { UsersService } from '../../src/modules/identity/users.service.js';
import { runAs, SYSTEM } from '../../src/platform/database/actor.js';
import { newId } from '../../src/platform/database/ids.js';
import type { Workbench } from './workbench.js';

/** The cookie of an officer who came in through the front door. */
export async function signInCookie(bench: Workbench): Promise<string> {
  const account = { email: `bench-${newId()}@sample.test`, password: 'mat-khau-do-luong-1' };
  await runAs(SYSTEM, () => bench.get(UsersService).create({ ...account, name: 'Bench', role: 'officer' }));
  const response = await bench.app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    payload: account,
  });
  if (response.statusCode !== 200) throw new Error(`Sign-in answered ${response.statusCode}.`);
  return response.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
}
