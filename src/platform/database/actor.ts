import { AsyncLocalStorage } from 'node:async_hooks';

export type UserRole = 'officer' | 'manager' | 'admin';

/** Who acts: a signed-in user, a program's key, an investor on a signed link, or the system itself. */
export interface Actor {
  kind: 'user' | 'apiKey' | 'investor' | 'system';
  /** The user, key or contact; null for the system. */
  id: string | null;
  name: string;
  role: UserRole | null;
}

export const SYSTEM: Actor = { kind: 'system', id: null, name: 'system', role: null };

interface Context {
  actor: Actor | null;
  requestId: string | null;
}

const storage = new AsyncLocalStorage<Context>();

/** Opens a context in which the actor may be named later, once the request is authenticated. */
export function openContext<T>(requestId: string | null, work: () => T): T {
  return storage.run({ actor: null, requestId }, work);
}

export function nameActor(actor: Actor): void {
  const context = storage.getStore();
  if (context) context.actor = actor;
}

export function runAs<T>(actor: Actor, work: () => T): T {
  return storage.run({ actor, requestId: storage.getStore()?.requestId ?? null }, work);
}

export function currentActor(): Actor | null {
  return storage.getStore()?.actor ?? null;
}

export function currentRequestId(): string | null {
  return storage.getStore()?.requestId ?? null;
}
