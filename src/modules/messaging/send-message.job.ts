import { Injectable } from '@nestjs/common';
import { Calendar } from '../../platform/calendar/calendar.js';
import type { WorkingTime } from '../../platform/calendar/working-time.rules.js';
import { Clock } from '../../platform/clock/clock.js';
import { Handles, type JobRun } from '../../platform/queue/handles.js';
import { DailyPromotionLimit } from './daily-promotion-limit.js';
import { DeliveryRecords } from './delivery-records.js';
import { laterFor, outcomeOfError, postponed, type ClaimedMessage, type Outcome } from './delivery.rules.js';
import { InFlight } from './in-flight.js';
import { refusal } from './mail.rules.js';
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
      if (message) await this.deliver(message, run?.signal);
    } finally {
      this.inFlight.leave(messageId);
    }
  }

  private async deliver(message: ClaimedMessage, signal: AbortSignal | undefined): Promise<void> {
    const hours = await this.calendar.view();
    const held = await this.reasonNotNow(message, hours, signal);
    if (held) return this.records.record({ message, outcome: held });
    if (await this.dailyLimit.giveBackIfExceeded(message, (at) => laterFor('promotion', at, hours))) return;
    const full = await this.sender.reserve(message);
    if (full)
      return this.records.record({ message, outcome: postponed(message.purpose, full, hours, 'throttled') });
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
    const code = refusal(message.purpose, {
      address: message.toAddress,
      bounced: message.recipientBounced,
      active: message.recipientActive,
      consent: message.consent ?? 'none',
    });
    if (code) return { status: 'cancelled', code };
    const now = this.clock.now();
    if (signal?.aborted) return postponed(message.purpose, now, hours, 'shutdown');
    return laterFor(message.purpose, now, hours) > now
      ? postponed(message.purpose, now, hours, 'outside_working_hours')
      : null;
  }

  private async attempt(message: ClaimedMessage, hours: WorkingTime): Promise<Outcome> {
    try {
      await this.sender.send(message);
      return { status: 'sent', sentAt: this.clock.now() };
    } catch (error) {
      return outcomeOfError(error, message, this.clock.now(), hours);
    }
  }
}
