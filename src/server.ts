import { randomUUID } from 'node:crypto';
import { Logger, type DynamicModule, type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastifyFormbody from '@fastify/formbody';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Redis } from 'ioredis';
import { openApi } from './openapi.js';
import type { Config } from './platform/config/config.js';
import { openContext } from './platform/database/actor.js';
import { acceptUploads } from './platform/files/uploads.js';
import { DEEPEST_BODY, isDeeperThan } from './platform/http/body-depth.rules.js';
import { ProgramLogger } from './platform/http/logging.js';
import { sendProblem } from './platform/http/problem.filter.js';
import { ProblemError } from './platform/http/problem.js';
import { refuseWrongMethods } from './platform/http/wrong-methods.js';
import { serveWebApp } from './web-app.js';

/** Of each limited route; of a flood from more, those that came first are forgotten, and memory stays as it is. */
const ADDRESSES_REMEMBERED = 10_000;

const BODY_LIMIT = 2 * 1024 * 1024;

export interface ServerOptions {
  logger?: LoggerService | false;
  preview?: boolean;
}

/** Behind a link of a mail or a case's cookie: nothing of them is anybody else's to keep. */
const PERSONAL_PAGES = /^\/(?:r|u|p|copy|case)(?:\/|$)/;

/** The web application with everything that belongs to HTTP, not yet listening. */
export async function createServer(
  module: DynamicModule,
  config: Config,
  options: ServerOptions = {},
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    requestTimeout: 60_000,
    // an address that cannot be read, or with a part longer than any of ours: met before every handler
    frameworkErrors: (
      error: Error & { statusCode?: number },
      request: FastifyRequest,
      reply: FastifyReply,
    ) => {
      const nowhere = error.statusCode === 414 ? new ProblemError(404, 'not_found') : error;
      sendProblem(nowhere, request, reply, new Logger('Http'));
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bufferLogs: options.logger === undefined,
    abortOnError: false,
    // Fastify reads JSON by itself and forms by its plugin: Nest's parsers would be a second set of the same
    bodyParser: false,
    preview: options.preview ?? false,
    ...(options.logger !== undefined && { logger: options.logger }),
  });
  if (options.preview) return app;
  if (options.logger === undefined) app.useLogger(app.get(ProgramLogger));
  await installHttp(app, config);
  await serveWebApp(app.getHttpAdapter().getInstance());
  openApi(app);
  return app;
}

async function installHttp(app: NestFastifyApplication, config: Config): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    openContext(request.id, done);
  });
  refuseWrongMethods(fastify);
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (PERSONAL_PAGES.test(request.url) && !reply.hasHeader('cache-control'))
      void reply.header('cache-control', 'private, no-store');
    done();
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (isDeeperThan(request.body, DEEPEST_BODY)) done(new ProblemError(400, 'bad_request'));
    else done();
  });
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: config.appUrl.startsWith('https:'),
    frameguard: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
  });
  await app.register(fastifyFormbody, { bodyLimit: 64 * 1024 });
  await acceptUploads(fastify);
  // with Redis all web processes count together; without it, or while it is away, each counts for itself
  const shared = config.redisUrl
    ? new Redis(config.redisUrl, { connectTimeout: 1000, maxRetriesPerRequest: 1 })
    : null;
  shared?.on('error', () => undefined);
  fastify.addHook('onClose', async () => shared?.disconnect());
  await app.register(fastifyRateLimit, {
    global: false,
    cache: ADDRESSES_REMEMBERED,
    ...(shared && { redis: shared, nameSpace: `${config.queuePrefix}-limit-`, skipOnError: true }),
    errorResponseBuilder: (_request, context) => {
      const problem = new ProblemError(429, 'too_many_requests', { after: context.after });
      return Object.assign(problem, { statusCode: 429 });
    },
  });
}
