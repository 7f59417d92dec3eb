import { Injectable } from '@nestjs/common';
import { Calendar } from '../../platform/calendar/calendar.js';
import type { WorkingTime } from '../../platform/calendar/working-time.rules.js';
import { Clock } from '../../platform/clock/clock.js';
import { Handles, type JobRun } from '../../platform/queue/handles.js';
import { DailyPromotionLimit } from './daily-promotion-limit.js';
import { DeliveryRecords } from './delivery-records.js';
import {
  givenBack,
  laterFor,
  OUTSIDE_WORKING_HOURS,
  outcomeOfError,
  postponed,
  refusalOf,
  type ClaimedMessage,
  type Outcome,
} from './delivery.rules.js';
import { InFlight } from './in-flight.js';
import { sendMessage } from './messaging.jobs.js';
import { MessageSender } from './message-sender.js';

/** Claim, send outside any transaction, record. */
@Injectable()
export class SendMessageJob {
  constructor(
    private readonly records: DeliveryRecords,
    private readonly sender: MessageSender,
    private readonly dailyLimit: DailyPromotionLimit,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    private readonly inFlight: InFlight,
  ) {}

  @Handles(sendMessage)
  async handle({ messageId }: { messageId: string }, run?: Pick<JobRun, 'signal'>): Promise<void> {
    if (!this.inFlight.enter(messageId)) return;
    try {
      const message = await this.records.claim(messageId);
      const hours = message && (await this.prepare(message, run?.signal));
      if (message && hours) await this.send(message, hours);
    } finally {
      this.inFlight.leave(messageId);
    }
  }

  /** The hours to go by when it may go now and has its place; null when it was put off or cancelled. */
  private async prepare(
    message: ClaimedMessage,
    signal: AbortSignal | undefined,
  ): Promise<WorkingTime | null> {
    try {
      const hours = await this.calendar.view();
      const held =
        (await this.reasonNotNow(message, hours, signal)) ?? (await this.reasonFull(message, hours));
      if (held === null) return hours;
      if (held !== 'given_back') await this.records.record({ message, outcome: held });
      return null;
    } catch (error) {
      await this.records.record({ message, outcome: givenBack(this.clock.now()) });
      throw error;
    }
  }

  private async reasonFull(
    message: ClaimedMessage,
    hours: WorkingTime,
  ): Promise<Outcome | 'given_back' | null> {
    const tooMany = await this.dailyLimit.reasonNotNow(message, hours);
    if (tooMany) return tooMany;
    const full = await this.sender.reserve(message);
    return full && postponed(message.purpose, full, hours, 'throttled');
  }

  private async send(message: ClaimedMessage, hours: WorkingTime): Promise<void> {
    let sent = false;
    try {
      const outcome = await this.attempt(message, hours);
      sent = outcome.status === 'sent' || outcome.status === 'unknown';
      await this.records.record({ message, outcome });
    } finally {
      this.sender.release(message, sent);
    }
  }

  /** The rules once more: much may have happened since the message was made. */
  private async reasonNotNow(
    message: ClaimedMessage,
    hours: WorkingTime,
    signal: AbortSignal | undefined,
  ): Promise<Outcome | null> {
    const code = refusalOf(message);
    if (code) return { status: 'cancelled', code };
    const now = this.clock.now();
    if (signal?.aborted) return postponed(message.purpose, now, hours, 'shutdown');
    return laterFor(message.purpose, now, hours) > now
      ? postponed(message.purpose, now, hours, OUTSIDE_WORKING_HOURS)
      : null;
  }

  private async attempt(message: ClaimedMessage, hours: WorkingTime): Promise<Outcome> {
    let held: Outcome | null = null;
    const mayStillGo = async () => {
      held = await this.reasonNoMore(message);
      return held === null;
    };
    try {
      await this.sender.send(message, mayStillGo);
      return { status: 'sent', sentAt: this.clock.now() };
    } catch (error) {
      return held ?? outcomeOfError(error, message, this.clock.now(), hours);
    }
  }

  /** Its turn may have taken long to come: who may be written to is asked once more. */
  private async reasonNoMore(message: ClaimedMessage): Promise<Outcome | null> {
    try {
      const code = await this.records.refusalNow(message);
      return code && { status: 'cancelled', code };
    } catch {
      return givenBack(this.clock.now());
    }
  }
}
