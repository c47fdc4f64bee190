import type { ServerAnswer } from '../server/server-answer.ts';

/** A server that wants a longer wait is asked again after an hour. */
const longestWaitMilliseconds = 3_600_000;

/** How long a server asks to wait, in milliseconds. Undefined if it does not say. */
export function retryAfter({ headers, said }: Pick<ServerAnswer, 'headers' | 'said'>): number | undefined {
  const found = inMilliseconds(headers?.get('retry-after-ms')) ?? inSecondsOrDate(headers) ?? inWords(said) ?? untilReset(headers);
  return found === undefined ? undefined : Math.min(Math.max(found, 0), longestWaitMilliseconds);
}

function inMilliseconds(header: string | null | undefined): number | undefined {
  return header != null && /^\s*\d+(?:\.\d+)?\s*$/.test(header) ? Number(header) : undefined;
}

/** A date counts from when the server answered, by its own clock: that of this machine may be off. */
function inSecondsOrDate(headers: Headers | undefined): number | undefined {
  const value = headers?.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const answered = Date.parse(headers?.get('date') ?? '');
  const milliseconds = Date.parse(value) - (Number.isNaN(answered) ? Date.now() : answered);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** The wait as hosted servers put it in words, with or instead of the header. */
function inWords(said: string): number | undefined {
  const [, count, unit = ''] =
    /\b(?:try again|retry) (?:in|after) (\d{1,6}(?:\.\d{1,6})?) ?(ms|milliseconds|s|seconds?)\b/i.exec(said.slice(0, 1000)) ?? [];
  return count === undefined ? undefined : Number(count) * (unit.toLowerCase().startsWith('m') ? 1 : 1000);
}

/** What a hosted service counts, each with how much is left and when it is full again. */
const counted: readonly string[] = ['requests', 'tokens', 'project-tokens'];

/** When what is used up is there again. */
function untilReset(headers: Headers | undefined): number | undefined {
  const waits = counted.flatMap((what) =>
    headers?.get(`x-ratelimit-remaining-${what}`)?.trim() === '0' ? (duration(headers.get(`x-ratelimit-reset-${what}`) ?? '') ?? []) : [],
  );
  return waits.length === 0 ? undefined : Math.max(...waits);
}

const unitMilliseconds: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** As in `6m0s`, `1.5s`, `20ms`. */
function duration(text: string): number | undefined {
  const parts = [...text.slice(0, 40).matchAll(/(\d{1,9}(?:\.\d{1,9})?)(ms|[hms])/g)];
  if (parts.length === 0) return undefined;
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitMilliseconds[unit] ?? 0), 0);
}
