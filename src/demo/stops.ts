import type { ApiClient } from './api-client.js';
import type { KnownFirm } from './cast.js';
import type { Narrator } from './narrator.js';

interface Sequence {
  status: string;
  stopReason: string | null;
  steps: { status: string }[];
}

/** How the follow-up of a firm ended early. */
export interface Stop {
  reason: string;
  /** Steps that will not be taken because of it. */
  steps: number;
}

/** Null while the sequence goes on, or came to its end. */
export async function stopOf(api: ApiClient, { leadId }: KnownFirm): Promise<Stop | null> {
  const { items } = await api.get<{ items: Sequence[] }>(`/api/v1/leads/${leadId}/sequences`);
  const stopped = items.find(({ status }) => status === 'stopped');
  if (!stopped?.stopReason) return null;
  return {
    reason: stopped.stopReason,
    steps: stopped.steps.filter(({ status }) => status === 'stopped').length,
  };
}

export function tellStop(narrator: Narrator, stop: Stop | null): void {
  if (stop === null) narrator.detail(narrator.words('not_stopped'));
  else
    narrator.detail(
      narrator.words('stopped', { count: stop.steps, reason: narrator.words(`reason_${stop.reason}`) }),
    );
}
