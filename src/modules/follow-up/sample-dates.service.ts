import { Injectable } from '@nestjs/common';
import { Calendar } from '../../platform/calendar/calendar.js';
import { toWorkingDaysAnswer } from '../../platform/calendar/calendar.dto.js';
import { plusDays } from '../../platform/calendar/days.rules.js';
import { Clock } from '../../platform/clock/clock.js';
import type { SampleDates, SampleDatesAnswer } from './sample-dates.dto.js';
import { planReminders, type LeadFacts, type Step } from './sequence.rules.js';

/** A lead for which every step is meant. */
const ANY_LEAD: LeadFacts = {
  kind: 'secondary',
  attendance: 'attended',
  hasClusterInterest: true,
  answered: false,
  email: 'ok',
  hasContact: true,
};

/** Real dates for a plan that is being written. */
@Injectable()
export class SampleDatesService {
  constructor(
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  async of({ closedAt, steps }: SampleDates): Promise<SampleDatesAnswer> {
    const anchor = new Date(closedAt);
    const view = await this.calendar.view();
    const planned = planReminders({
      anchor,
      startedAt: anchor,
      now: anchor,
      steps: steps.map(({ offset }, position): Step => ({
        id: String(position),
        key: String(position),
        position,
        offset,
        channel: 'officer_task',
        condition: {},
      })),
      facts: ANY_LEAD,
      calendar: view,
    });
    const first = this.dayOf(anchor);
    const answers = planned.map(({ step, dueAt }) => {
      const day = this.dayOf(dueAt);
      const plain = plusDays(first, step.offset.amount);
      return {
        key: steps[step.position]!.key ?? null,
        dueAt: dueAt.toISOString(),
        day,
        movedFrom: step.offset.unit === 'day' && !view.isWorkingDay(plain) ? plain : null,
      };
    });
    const last = answers.map((one) => one.day).reduce((a, b) => (a > b ? a : b));
    const notes = await this.calendar.describe(first, last);
    return { steps: answers, days: toWorkingDaysAnswer(notes.filter((note) => note.reason !== null)).items };
  }

  private dayOf(at: Date): string {
    return this.clock.local(at).toISODate()!;
  }
}
