import { PassThrough, type Readable } from 'node:stream';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ProblemError } from '../http/problem.js';
import type { LiveChange } from './live.dto.js';
import { LiveListener } from './live-listener.js';
import { LiveSettings } from './live-settings.js';

export interface LiveCaller {
  /** The user or the key. */
  key: string;
  /** Came back after a break, during which something may have been missed. */
  returning: boolean;
  /** Whether the session still stands and the role still allows it. */
  stillMay(): Promise<boolean>;
}

interface Open {
  key: string;
  /** How it begins once this process listens; null when it has begun. */
  greeting: 'ready' | 'resync' | null;
}

type LiveEvent = 'ready' | 'resync' | 'change';

/** The open streams of this process, each fed with what changes. */
@Injectable()
export class LiveStreams implements OnModuleDestroy {
  private readonly open = new Map<PassThrough, Open>();
  private stopped = false;

  constructor(
    private readonly listener: LiveListener,
    private readonly settings: LiveSettings,
  ) {}

  /** Begins with `ready`, or with `resync` for one who came back. */
  add(caller: LiveCaller): Readable {
    if (this.stopped) throw new ProblemError(503, 'not_serving');
    const theirs = [...this.open.values()].filter(({ key }) => key === caller.key).length;
    if (theirs >= this.settings.streamsPerCaller)
      throw new ProblemError(429, 'too_many_streams', { limit: this.settings.streamsPerCaller });
    const stream = new PassThrough();
    this.open.set(stream, { key: caller.key, greeting: caller.returning ? 'resync' : 'ready' });
    const heartbeat = setInterval(() => this.write(stream, ':\n\n'), this.settings.heartbeatMs);
    const recheck = setInterval(() => void endUnless(stream, caller), this.settings.recheckMs);
    stream.on('error', () => undefined);
    stream.once('close', () => {
      clearInterval(heartbeat);
      clearInterval(recheck);
      this.open.delete(stream);
    });
    this.write(stream, 'retry: 3000\n\n');
    if (this.listener.listening) this.greet(stream);
    else
      this.listener.start({
        onNote: (payload) => this.tell(payload),
        onListening: () => [...this.open.keys()].forEach((each) => this.greet(each)),
      });
    return stream;
  }

  /** Before the server closes, which waits for every answer that is still being written. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    for (const stream of this.open.keys()) stream.end();
    await this.listener.stop();
  }

  private tell(payload: string): void {
    const note = JSON.parse(payload) as Partial<LiveChange> & Pick<LiveChange, 'topic'>;
    const { topic, id = null, leadId = null, parentId = null } = note;
    const text = frame('change', { topic, id, leadId, parentId });
    for (const stream of this.open.keys()) this.write(stream, text);
  }

  /** One that has begun already may have missed something. */
  private greet(stream: PassThrough): void {
    const open = this.open.get(stream)!;
    this.write(stream, frame(open.greeting ?? 'resync', {}));
    open.greeting = null;
  }

  private write(stream: PassThrough, text: string): void {
    if (stream.writableEnded || stream.destroyed) return;
    if (stream.writableLength > this.settings.waitingBytes) stream.destroy();
    else stream.write(text);
  }
}

/** The id makes a browser say, when it comes back, that it was here. */
function frame(event: LiveEvent, data: object): string {
  return `id: 1\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** A check that cannot be made, while PostgreSQL is away, ends nothing. */
async function endUnless(stream: PassThrough, caller: LiveCaller): Promise<void> {
  const may = await caller.stillMay().catch(() => true);
  if (!may) stream.end();
}
