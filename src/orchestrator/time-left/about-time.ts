const minute = 60_000;

/** A time that nobody knows exactly: `under a minute`, `about 4 min`, `about 1 h 40 min`. */
export function aboutTime(milliseconds: number): string {
  const minutes = Math.round(milliseconds / minute);
  if (milliseconds < minute) return 'under a minute';
  if (minutes < 60) return `about ${minutes} min`;
  const tens = Math.round(minutes / 10) * 10;
  const [hours, rest] = [Math.floor(tens / 60), tens % 60];
  return `about ${hours} h${rest === 0 ? '' : ` ${rest} min`}`;
}
