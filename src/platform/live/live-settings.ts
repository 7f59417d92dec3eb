import { Injectable } from '@nestjs/common';

/** How long and how many; times in milliseconds. */
@Injectable()
export class LiveSettings {
  /** A comment this often keeps proxies from closing a quiet stream. */
  heartbeatMs = 20_000;
  /** A stream outlives its session, or its role, by at most this. */
  recheckMs = 60_000;
  /** Open at once by one user or key in one process. */
  streamsPerCaller = 10;
  /** What may wait for a slow client, in bytes; with more its stream ends, and it begins anew. */
  waitingBytes = 256 * 1024;
}
