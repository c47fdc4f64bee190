/** The words of these lines: tables of names stay readable as plain text. */
export function words(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(' '));
}
