import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { parseJson } from '../../utils/parse-json.ts';

export type ChildAnnouncement =
  | { type: 'address'; address: string }
  | { type: 'error'; code: string; message: string; hint: string | undefined };

const announcementSchema = z.union([
  z.object({ address: z.string() }).transform(({ address }): ChildAnnouncement => ({ type: 'address', address })),
  z
    .object({ error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }) })
    .transform(({ error: { code, message, hint } }): ChildAnnouncement => ({ type: 'error', code, message, hint })),
]);

/** What the child says on standard output; lines that are something else are skipped. */
export function parseAnnouncement(line: string): ChildAnnouncement | undefined {
  return announcementSchema.safeParse(parseJson(line)).data;
}

/** Calls back for each line, without the codes that could move a terminal's cursor or colour it. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream }).on('line', (line) =>
    onLine(stripVTControlCharacters(line).replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '')),
  );
}
