import { queryOptions } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { api, take } from '../../lib/api';

export type InboundMail = components['schemas']['InboundMailItem'];
export type InboundMailDetail = components['schemas']['InboundMailDetail'];
export type InboundKind = InboundMail['kind'];
export type InboundState = InboundMail['state'];

export const KINDS = [
  'reply',
  'unsubscribe_request',
  'out_of_office',
  'auto_reply',
  'bounce_hard',
  'bounce_soft',
  'calendar_reply',
  'read_receipt',
  'unknown',
] as const satisfies readonly InboundKind[];

/** What waits for a person comes first. */
export const STATES = ['unmatched', 'matched', 'set_aside'] as const satisfies readonly InboundState[];

export const inboundMailQuery = (id: string) =>
  queryOptions({
    queryKey: ['inbound_mail', id],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/inbound-mails/{id}', { signal, params: { path: { id } } })),
  });

/** How a writer calls themself, or else the address; an erased one has neither. */
export const writerOf = ({ fromName, fromAddress }: Pick<InboundMail, 'fromName' | 'fromAddress'>): string =>
  fromName || fromAddress;
