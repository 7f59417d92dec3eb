import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

export interface Change {
  topic: string;
  id: string | null;
  leadId?: string | null;
}

/**
 * Query keys begin with the topic that they show (`['lead', id]`, `['reminder', 'list', …]`); a change of one
 * topic also makes these stale.
 */
const ALSO_STALE: Record<string, string[]> = {
  lead: ['today', 'report', 'search'],
  activity: ['lead', 'today'],
  timeline_entry: ['lead'],
  follow_up_sequence: ['lead', 'round'],
  reminder: ['lead', 'today', 'round'],
  message: ['lead', 'today', 'round'],
  meeting: ['lead', 'today'],
  lead_document: ['lead'],
  obstacle: ['lead', 'today'],
  participation: ['round', 'firm'],
  promotion_round: ['round'],
  promotion_event: ['round'],
  contact: ['firm', 'lead'],
  consent: ['contact', 'firm'],
  data_request: ['contact'],
  mail_preference: ['contact'],
  cluster_milestone: ['cluster'],
  cluster_fact: ['cluster'],
  cluster_access: ['cluster'],
  cluster_utility: ['cluster'],
  cluster_document: ['cluster'],
  incentive: ['cluster'],
  follow_up_plan: ['plan'],
  template_text: ['template'],
  pipeline_stage: ['pipeline'],
  calendar_exception: ['calendar'],
  saved_view: ['view'],
  inbound_mail: ['lead'],
};

function refresh(client: QueryClient, change: Change): void {
  const topics = [change.topic, ...(ALSO_STALE[change.topic] ?? [])];
  for (const topic of topics) void client.invalidateQueries({ queryKey: [topic] });
}

/** After how long a refused stream is asked for again. */
const REFUSED_MS = 20_000;

/** Many changes at once (a round that closes) refresh the page once. */
function gathered(client: QueryClient, wait = 250): { add: (change: Change) => void; stop: () => void } {
  const waiting = new Map<string, Change>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    for (const change of waiting.values()) refresh(client, change);
    waiting.clear();
  };
  return {
    add(change) {
      waiting.set(change.topic, change);
      timer ??= setTimeout(flush, wait);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Keeps the page true while others work; answers whether the stream is open. */
export function useLive(): boolean {
  const client = useQueryClient();
  const [open, setOpen] = useState(true);
  useEffect(() => {
    const changes = gathered(client);
    let stream: EventSource;
    let again: ReturnType<typeof setTimeout> | undefined;
    let lost = false;
    const connect = () => {
      stream = new EventSource('/api/v1/live');
      stream.addEventListener('change', (event) => changes.add(JSON.parse(event.data as string) as Change));
      stream.addEventListener('resync', () => void client.invalidateQueries());
      stream.addEventListener('open', () => {
        setOpen(true);
        // what changed while the stream was away was not told
        if (lost) void client.invalidateQueries();
        lost = false;
      });
      stream.addEventListener('error', () => {
        lost = true;
        setOpen(false);
        // a broken stream comes back by itself, one that the server refused does not
        if (stream.readyState !== EventSource.CLOSED) return;
        void client.invalidateQueries({ queryKey: ['me'] });
        again = setTimeout(connect, REFUSED_MS);
      });
    };
    connect();
    return () => {
      clearTimeout(again);
      changes.stop();
      stream.close();
    };
  }, [client]);
  return open;
}
