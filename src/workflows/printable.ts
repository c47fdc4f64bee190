/** A definition may come from anywhere: what is quoted from it is short and cannot steer a terminal. */
export function printable(text: string): string {
  const clean = text.replaceAll(/\p{Cc}/gu, '\uFFFD');
  return clean.length <= 80 ? clean : `${clean.slice(0, 80)}…`;
}
