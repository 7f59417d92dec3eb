import { useInterval } from '@mantine/hooks';
import { useState } from 'react';
import { now } from './clock';

/** The program's time, renewed every half minute: what comes due shows by itself. */
export function useNow(): Date {
  const [time, setTime] = useState(now);
  useInterval(() => setTime(now()), 30_000, { autoInvoke: true });
  return time;
}
