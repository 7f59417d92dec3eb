import { Injectable } from '@nestjs/common';
import { Handles } from '../../platform/queue/handles.js';
import { ClockBreaches } from './clock-breaches.service.js';
import { watchDataRequestClocks } from './privacy.jobs.js';

@Injectable()
export class WatchDataRequestClocks {
  constructor(private readonly breaches: ClockBreaches) {}

  @Handles(watchDataRequestClocks)
  async handle(): Promise<void> {
    await this.breaches.tellManagers();
  }
}
