export type Stop = { name: string; minutes: number };
export type Run = { line: string; stops: Stop[] };

/** Minutes since midnight, or undefined where the text is no time such as 22:40. */
export function minutesOf(text: string): number | undefined {
  const match = /^(\d\d):(\d\d)$/.exec(text);
  if (match === null) return undefined;
  const hours = Number(match[1]);
  const minutes = Number(match[2]);
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined;
}

/** Minutes as a time such as 22:40. */
export function clock(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return `${String(hours).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Reads lines such as "N1 Harbour 22:40 Market 22:52 Hospital 23:05". Lines that begin with # are remarks. */
export function parseTimetable(text: string): Run[] {
  const runs: Run[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [name, ...fields] = line.trim().split(/\s+/);
    const stops: Stop[] = [];
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const minutes = minutesOf(fields[at + 1]);
      if (minutes === undefined) throw new Error(`not a time: ${fields[at + 1]}`);
      stops.push({ name: fields[at], minutes });
    }
    runs.push({ line: name, stops });
  }
  return runs;
}
