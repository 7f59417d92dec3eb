import { Text, Tooltip, type TextProps } from '@mantine/core';
import { formatFromNow, formatTime } from '../lib/format';

/** How long ago or how soon; the exact local time on demand. */
export function When({ at, ...props }: { at: string } & TextProps) {
  return (
    <Tooltip label={formatTime(at)} events={{ hover: true, focus: true, touch: true }}>
      <Text component="time" dateTime={at} span inherit {...props}>
        {formatFromNow(at)}
      </Text>
    </Tooltip>
  );
}
