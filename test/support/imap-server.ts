import { spawn, spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { freePort } from './free-port.js';

export interface RunningImap {
  /** For `IMAP_URL`. */
  url: string;
  port: number;
  /** Puts a mail into the mailbox as a mail server would. */
  deliver(mail: Buffer, receivedAt?: Date): Promise<void>;
  /** Acts as the owner of the mailbox. */
  use<T>(work: (client: ImapFlow) => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

const USER = 'inbox';
const PASSWORD = 'mailbox-of-the-tests';

/** Whether a Dovecot is on the path: without it the tests of the mailbox are left out, and say so. */
export function hasImapServer(): boolean {
  return dovecot() !== null;
}

function dovecot(): string | null {
  const places = ['dovecot', '/usr/sbin/dovecot'];
  return places.find((place) => spawnSync(place, ['--version'], { stdio: 'ignore' }).status === 0) ?? null;
}

/** A Dovecot of the tests' own on a free port, with its folders in a temporary place. */
export async function startImapServer(): Promise<RunningImap> {
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), 'dovecot-'));
  await chmod(dir, 0o755);
  const config = join(dir, 'dovecot.conf');
  await writeFile(config, await configOf(dir, port));
  const server = spawn(dovecot()!, ['-F', '-c', config], { stdio: 'ignore' });
  const exited = new Promise((resolve) => server.once('exit', resolve));
  const use = async <T>(work: (client: ImapFlow) => Promise<T>): Promise<T> => {
    const auth = { user: USER, pass: PASSWORD };
    const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth, logger: false });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  };
  await untilItAnswers(use);
  return {
    url: `imap://${USER}:${PASSWORD}@127.0.0.1:${port}/INBOX`,
    port,
    use,
    deliver: (mail, receivedAt) =>
      use(async (client) => void (await client.append('INBOX', mail, [], receivedAt ?? new Date()))),
    stop: async () => {
      server.kill('SIGTERM');
      await exited;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Dovecot gives no mailbox to root: then its own accounts do the work. */
async function configOf(dir: string, port: number): Promise<string> {
  const { uid, gid, username } = userInfo();
  const asRoot = uid === 0;
  const mail = join(dir, 'mail');
  await mkdir(mail, { mode: 0o700 });
  if (asRoot) await chown(mail, 65_534, 65_534);
  const account = asRoot ? 'uid=65534 gid=65534' : `uid=${uid} gid=${gid}`;
  const services = asRoot
    ? ''
    : `default_internal_user = ${username}\ndefault_login_user = ${username}\nservice anvil {\n  chroot =\n}\n`;
  return `base_dir = ${join(dir, 'run')}
state_dir = ${join(dir, 'state')}
log_path = ${join(dir, 'log')}
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${mail}
first_valid_uid = 1
${services}passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = ${account} home=${mail}
}
service imap-login {
  ${asRoot ? '' : 'chroot ='}
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`;
}

async function untilItAnswers(use: RunningImap['use']): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await use(async () => undefined);
    } catch (error) {
      if (tries >= 100) throw error;
      await sleep(50);
    }
  }
}
