import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { EtagInterceptor } from './if-match.js';
import { Pages } from './pages.js';
import { ProblemFilter } from './problem.filter.js';
import { RouteCheck } from './route-check.js';
import { StrictValidationPipe } from './validation.pipe.js';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    Pages,
    RouteCheck,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_PIPE, useClass: StrictValidationPipe },
    { provide: APP_INTERCEPTOR, useClass: EtagInterceptor },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
  ],
  exports: [Pages],
})
export class HttpModule {}
