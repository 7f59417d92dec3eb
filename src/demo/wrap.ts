/** Breaks between words, so that no line is longer where that can be helped. */
export function wrap(text: string, width: number, glue = '\n'): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join(glue);
}
