import type { IncomingMessage, ServerResponse } from 'node:http';
import { Global, Injectable, Module, RequestMethod, type DynamicModule } from '@nestjs/common';
import { Logger, LoggerModule } from 'nestjs-pino';
import type { Config } from '../config/config.js';

/** A path with what identifies a person or opens a door taken out: tokens, ids, e-mail addresses and the query. */
export function withoutSecrets(url: string): string {
  const path = url.split('?')[0]!;
  return path
    .split('/')
    .map((part) => (part.length > 30 || /@|%40/.test(part) ? '…' : part))
    .join('/');
}

/** What an error says of itself, without what it may quote: its first line, with addresses and anything long taken out. */
export function safeMessage(error: { message?: string }): string {
  return (error.message ?? '')
    .split('\n')[0]!
    .replace(/[^\s"'<>(]*@[^\s"'>),;]+/g, '…')
    .replace(/[\w%-]{31,}/g, '…')
    .slice(0, 300);
}

/** Where it happened, without the words in front. */
export function framesOf(error: { stack?: string }): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 15);
}

/** Structured lines with the request's id: never a body, a header, an address or a query. */
function pinoModule(config: Config) {
  return LoggerModule.forRoot({
    // the package's own default matches nothing but `/` here
    forRoutes: [{ path: '*path', method: RequestMethod.ALL }],
    pinoHttp: {
      level: config.logLevel,
      base: undefined,
      customLogLevel: (_request: IncomingMessage, response: ServerResponse, error?: Error) => {
        if (error || response.statusCode >= 500) return 'error';
        return response.statusCode >= 400 ? 'info' : 'debug';
      },
      serializers: {
        req: (request: { id: string; method: string; url: string }) => ({
          id: request.id,
          method: request.method,
          path: withoutSecrets(request.url),
        }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
        err: (error: { type?: string; message?: string; stack?: string }) => ({
          type: error.type,
          message: safeMessage(error),
          stack: framesOf(error),
        }),
      },
    },
  });
}

/** What the framework tells of its own start: two hundred lines that nobody asked for. */
const FRAMEWORK = new Set([
  'NestFactory',
  'NestApplication',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
]);

/** The program's log, with the framework's own start at `debug`. */
@Injectable()
export class ProgramLogger extends Logger {
  override log(message: unknown, ...params: unknown[]): void {
    if (FRAMEWORK.has(String(params.at(-1)))) super.debug(message, ...(params as []));
    else super.log(message, ...(params as []));
  }
}

@Global()
@Module({})
export class LoggingModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: LoggingModule,
      imports: [pinoModule(config)],
      providers: [ProgramLogger],
      exports: [ProgramLogger],
    };
  }
}
