import type { EventRow } from '../../../src/state/store/event-row.ts';
import { listedCharacters, type ListEndsOptions, type StreamEnd, type StreamEnds } from '../../../src/state/store/stream-ends.ts';
import { valueAt } from '../../../src/utils/parse-json.ts';

/** @param streams the rows of each stream, oldest stream first; none is empty. */
export function endsInMemory(
  streams: ReadonlyMap<string, EventRow[]>,
  { prefix = '', limit, first = [], last = [], lastOf = [] }: ListEndsOptions,
): StreamEnds[] {
  const newestFirst = [...streams].filter(([stream]) => stream.startsWith(prefix)).toReversed();
  return newestFirst.slice(0, limit).map(([stream, rows]) => ({
    stream,
    sequence: rows.length,
    lastTime: Number(rows.at(-1)?.time),
    first: endOf(rows[0], first),
    last: endOf(rows.findLast(({ type }) => lastOf.includes(String(type))) ?? rows.at(-1), last),
  }));
}

function endOf(row: EventRow | undefined, fields: readonly string[]): StreamEnd {
  const data: unknown = JSON.parse(String(row?.data));
  const texts = fields.flatMap((field) => {
    const value = valueAt(data, field.split('.'));
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    return [[field, Array.from(String(value)).slice(0, listedCharacters).join('')]];
  });
  return { type: String(row?.type), time: Number(row?.time), texts: Object.fromEntries(texts) as Record<string, string> };
}
