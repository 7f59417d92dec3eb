import { Module } from '@nestjs/common';
import { LiveListener } from './live-listener.js';
import { LiveSettings } from './live-settings.js';
import { LiveStreams } from './live-streams.js';
import { LiveController } from './live.controller.js';

/** What one changes, others see. Listens from the first stream on: a process that only works has none. */
@Module({
  controllers: [LiveController],
  providers: [LiveSettings, LiveListener, LiveStreams],
})
export class LiveModule {}
