import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { HandlerDiscovery } from './handlers.js';
import { WorkerHost } from './worker-host.js';

/** Imported by the worker's root module alone; needs `QueueModule.forRoot()` and every handler's provider beside it. */
@Module({ imports: [DiscoveryModule], providers: [HandlerDiscovery, WorkerHost], exports: [WorkerHost] })
export class QueueWorkerModule {}
