/** A text that a spreadsheet would run as a formula, in the wide signs of East Asia too, is given as a text. */
export function safeCell(value: string): string {
  return /^[=+\-@＝＋－＠\t\r\n]/.test(value) ? `'${value}` : value;
}
