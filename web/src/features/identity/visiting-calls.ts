import { queryOptions } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { api, ifMatch, take } from '../../lib/api';

export type Hours = components['schemas']['VisitingHoursAnswer'];
export type HoursBody = components['schemas']['SetVisitingHours'];
export type Absence = components['schemas']['AbsenceAnswer'];
export type AbsenceBody = components['schemas']['AddAbsence'];

/** Whose hours and absences: one's own without an id, a colleague's for a manager. */
export type Whose = string | undefined;

const of = (id: string) => ({ params: { path: { id } } });

export const hoursQuery = (whose: Whose) =>
  queryOptions({
    queryKey: ['meeting', 'hours', whose ?? 'me'],
    queryFn: ({ signal }) =>
      whose
        ? take(api.GET('/api/v1/users/{id}/visiting-hours', { signal, ...of(whose) }))
        : take(api.GET('/api/v1/me/visiting-hours', { signal })),
  });

export function saveHours(whose: Whose, version: number, body: HoursBody): Promise<Hours> {
  const headers = ifMatch(version);
  return whose
    ? take(api.PUT('/api/v1/users/{id}/visiting-hours', { body, headers, ...of(whose) }))
    : take(api.PUT('/api/v1/me/visiting-hours', { body, headers }));
}

export const absencesQuery = (whose: Whose) =>
  queryOptions({
    queryKey: ['meeting', 'absences', whose ?? 'me'],
    queryFn: ({ signal }) =>
      whose
        ? take(api.GET('/api/v1/users/{id}/absences', { signal, ...of(whose) }))
        : take(api.GET('/api/v1/me/absences', { signal })),
  });

export function addAbsence(whose: Whose, body: AbsenceBody): Promise<Absence> {
  return whose
    ? take(api.POST('/api/v1/users/{id}/absences', { body, ...of(whose) }))
    : take(api.POST('/api/v1/me/absences', { body }));
}

export async function removeAbsence(whose: Whose, id: string): Promise<void> {
  await (whose
    ? take(
        api.DELETE('/api/v1/users/{id}/absences/{absenceId}', {
          params: { path: { id: whose, absenceId: id } },
        }),
      )
    : take(api.DELETE('/api/v1/me/absences/{id}', of(id))));
}
