const second = 1000;
const units: Readonly<Record<string, number>> = { s: second, m: 60 * second, h: 3600 * second, d: 86_400 * second, w: 7 * 86_400 * second };

/** Reads `30s`, `10m`, `12h`, `3d` or `2w`; a number means seconds. @returns milliseconds; undefined for anything else. */
export function readDuration(given: string | number): number | undefined {
  if (typeof given === 'number') return Number.isFinite(given) && given > 0 ? given * second : undefined;
  const [, count, unit = ''] = /^(\d{1,6})[ \t]{0,3}([smhdw])$/i.exec(given.trim()) ?? [];
  const milliseconds = Number(count ?? 0) * (units[unit.toLowerCase()] ?? 0);
  return milliseconds > 0 ? milliseconds : undefined;
}
