import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { api, ifMatch, take } from '../../lib/api';
import { local } from '../../lib/format';

export type Meeting = components['schemas']['MeetingAnswer'];
export type BookBody = components['schemas']['BookMeeting'];
export type MoveBody = components['schemas']['MoveMeeting'];
export type FreeTimesOfOfficer = components['schemas']['FreeTimesAnswer'];

export const MEETING_KINDS = ['site_visit', 'meeting', 'call'] as const;

/** The latest first; what was long ago is in the lead's story. */
export const leadMeetingsQuery = (leadId: string) =>
  queryOptions({
    queryKey: ['meeting', 'of-lead', leadId],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/meetings', {
          signal,
          params: { query: { leadId, limit: 50, sort: '-startsAt' } },
        }),
      ),
  });

/** @param who `me`, `all` or a user's id @param day local, `YYYY-MM-DD` */
export const dayMeetingsQuery = (who: string, day: string) =>
  queryOptions({
    queryKey: ['meeting', 'of-day', who, day],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/meetings', {
          signal,
          params: {
            query: {
              from: day,
              to: day,
              status: ['booked', 'held'],
              limit: 50,
              ...(who !== 'all' && { officerId: who }),
            },
          },
        }),
      ),
  });

export const freeTimesQuery = (leadId: string, meetingId?: string) =>
  queryOptions({
    queryKey: ['meeting', 'free-times', leadId, meetingId],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/meetings/free-times', {
          signal,
          params: { query: { leadId, ...(meetingId && { meetingId }) } },
        }),
      ),
  });

/** @example "Thứ tư, 04/03/2026, 08:00–09:30" */
export function meetingTime({ startsAt, endsAt }: { startsAt: string; endsAt: string }): string {
  return `${dayName(startsAt)}, ${hours({ startsAt, endsAt })}`;
}

export function dayName(instant: string): string {
  const name = local(instant).format('dddd, DD/MM/YYYY');
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}

export const hours = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }): string =>
  `${local(startsAt).format('HH:mm')}–${local(endsAt).format('HH:mm')}`;

/** What is done with meetings; every list of them and the lead's story are read again. */
export function useMeetingActs(leadId: string) {
  const client = useQueryClient();
  const onSettled = () =>
    Promise.all(
      [['meeting'], ['lead', leadId], ['reminder'], ['today']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
  const at = ({ id, version }: Meeting) => ({ params: { path: { id } }, headers: ifMatch(version) });
  return {
    book: useMutation({
      mutationFn: ({ body, headers }: { body: BookBody; headers: Record<string, string> }) =>
        take(api.POST('/api/v1/meetings', { body, headers })),
      onSettled,
    }),
    move: useMutation({
      mutationFn: ({ meeting, body }: { meeting: Meeting; body: MoveBody }) =>
        take(api.POST('/api/v1/meetings/{id}/move', { body, ...at(meeting) })),
      onSettled,
    }),
    cancel: useMutation({
      mutationFn: ({ meeting, reason }: { meeting: Meeting; reason: string }) =>
        take(
          api.POST('/api/v1/meetings/{id}/cancel', { body: { ...(reason && { reason }) }, ...at(meeting) }),
        ),
      onSettled,
    }),
    settle: useMutation({
      mutationFn: ({
        meeting,
        ...body
      }: {
        meeting: Meeting;
        outcome: 'held' | 'no_show';
        note: string | null;
      }) => take(api.POST('/api/v1/meetings/{id}/settle', { body, ...at(meeting) })),
      onSettled,
    }),
  };
}
