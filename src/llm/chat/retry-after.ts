import type { ServerAnswer } from '../server/server-answer.ts';

/** A server that wants a longer wait is asked again after an hour. */
const longestWaitMilliseconds = 3_600_000;

/** How long a server asks to wait, in milliseconds. Undefined if it does not say. */
export function retryAfter({ headers, said }: Pick<ServerAnswer, 'headers' | 'said'>): number | undefined {
  const found = inMilliseconds(headers?.get('retry-after-ms')) ?? inSecondsOrDate(headers?.get('retry-after')) ?? inWords(said);
  return found === undefined ? undefined : Math.min(Math.max(found, 0), longestWaitMilliseconds);
}

function inMilliseconds(header: string | null | undefined): number | undefined {
  return header != null && /^\s*\d+(?:\.\d+)?\s*$/.test(header) ? Number(header) : undefined;
}

function inSecondsOrDate(header: string | null | undefined): number | undefined {
  const value = header?.trim() ?? '';
  const milliseconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** The wait as hosted servers put it in words, with or instead of the header. */
function inWords(said: string): number | undefined {
  const [, count, unit = ''] =
    /\b(?:try again|retry) (?:in|after) (\d{1,6}(?:\.\d{1,6})?) ?(ms|milliseconds|s|seconds?)\b/i.exec(said.slice(0, 1000)) ?? [];
  return count === undefined ? undefined : Number(count) * (unit.toLowerCase().startsWith('m') ? 1 : 1000);
}
