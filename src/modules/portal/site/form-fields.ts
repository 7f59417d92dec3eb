/** A form sends an empty field for what was left out. */
export const emptyIsAbsent = ({ value }: { value: unknown }): unknown => (value === '' ? undefined : value);
