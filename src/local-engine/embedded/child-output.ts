import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { parseJson } from '../../utils/parse-json.ts';

export type ChildAnnouncement = { type: 'address'; address: string } | ({ type: 'error' } & z.infer<typeof errorSchema>);

const errorSchema = z.object({
  code: z.string(),
  category: z.enum(['usage', 'model', 'stopped', 'failed']),
  message: z.string(),
  hint: z.string().optional(),
});

const announcementSchema = z.union([
  z.object({ address: z.string() }).transform(({ address }): ChildAnnouncement => ({ type: 'address', address })),
  z.object({ error: errorSchema }).transform(({ error }): ChildAnnouncement => ({ type: 'error', ...error })),
]);

/** Parses what the child announces on standard output; undefined for any other line. */
export function parseAnnouncement(line: string): ChildAnnouncement | undefined {
  return announcementSchema.safeParse(parseJson(line)).data;
}

/** Calls back for each line, without codes that could control a terminal. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream }).on('line', (line) =>
    onLine(stripVTControlCharacters(line).replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '')),
  );
}
