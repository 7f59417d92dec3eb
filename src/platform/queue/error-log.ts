import { Logger } from '@nestjs/common';

const QUIET_MS = 30_000;

/** Says the same trouble of a connection once, then is silent for half a minute: an outage is one line, not thousands. */
export class ErrorLog {
  private readonly logger: Logger;
  private readonly said = new Map<string, number>();

  constructor(context: string) {
    this.logger = new Logger(context);
  }

  report(error: Error): void {
    const message = error.message || (error as { code?: string }).code || error.name;
    const now = performance.now();
    const last = this.said.get(message);
    if (last !== undefined && now - last < QUIET_MS) return;
    if (this.said.size > 100) this.said.clear();
    this.said.set(message, now);
    this.logger.warn(`The queue's store reports: ${message}`);
  }
}
