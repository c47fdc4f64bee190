import { z } from 'zod';
import { parseJson } from '../utils/parse-json.ts';

/** A file of the project when a run began. */
export interface ListedFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

const lineSchema = z.object({ path: z.string(), sha256: z.string(), bytes: z.number() });

/** The files of a project as JSON lines, sorted by path: the same bytes for the same files. */
export function renderBaseList(files: readonly ListedFile[]): string {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return sorted.map(({ path, sha256, bytes }) => `${JSON.stringify({ path, sha256, bytes })}\n`).join('');
}

/** Lines that are none of these are left out: the list may come from elsewhere. */
export function readBaseList(content: Uint8Array): ListedFile[] {
  const lines = Buffer.from(content).toString('utf8').split('\n');
  return lines.flatMap((line) => {
    const { success, data } = lineSchema.safeParse(parseJson(line));
    return success ? [data] : [];
  });
}
