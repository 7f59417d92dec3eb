/** A text that a spreadsheet would run as a formula is given as a text. */
export function safeCell(value: string): string {
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
