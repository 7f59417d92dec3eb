import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Clock } from './clock.js';

@Global()
@Module({})
export class ClockModule {
  /** The demo and the tests give a clock that they move. */
  static forRoot(clock?: Clock): DynamicModule {
    const provider = clock
      ? { provide: Clock, useValue: clock }
      : { provide: Clock, inject: [Config], useFactory: (config: Config) => new Clock(config) };
    return { module: ClockModule, providers: [provider], exports: [Clock] };
  }
}
