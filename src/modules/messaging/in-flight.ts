import { Injectable } from '@nestjs/common';

/** Messages that this very process is sending: the sweep must not take them for left behind, however the clock jumps. */
@Injectable()
export class InFlight {
  private readonly ids = new Set<string>();

  /** False when it is there already. */
  enter(id: string): boolean {
    if (this.ids.has(id)) return false;
    this.ids.add(id);
    return true;
  }

  leave(id: string): void {
    this.ids.delete(id);
  }

  all(): string[] {
    return [...this.ids];
  }
}
