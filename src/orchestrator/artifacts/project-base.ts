import { z } from 'zod';
import { toBytes } from '../../files/disk/file-content.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { parseJson } from '../../utils/parse-json.ts';

/** A file of the project as it was when the run began. */
export interface BaseFile {
  path: string;
  sha256: string;
  bytes: number;
  /** Whether the team was given the whole file at the start. What else was in the project, it has not seen. */
  shown: 'whole' | 'unseen';
}

const lineSchema = z.object({ path: z.string(), sha256: z.string(), bytes: z.number() });

/**
 * What was in the project when a run began, by path: the files that the run was given, and all others that it knew of. Empty for a run that began with nothing.
 * A list that is missing, or is not what this program writes, counts as empty: what is then written over a file of the project is a conflict when it is applied.
 */
export async function projectBase(
  { input }: Pick<RunState, 'input'>,
  contentOf: (sha256: string) => Promise<Uint8Array | undefined>,
): Promise<ReadonlyMap<string, BaseFile>> {
  const base = new Map<string, BaseFile>();
  const list = input.project === undefined ? undefined : await contentOf(input.project.base);
  for (const file of list === undefined ? [] : readBaseList(list)) base.set(file.path, { ...file, shown: 'unseen' });
  for (const { path, content } of input.files) {
    const bytes = toBytes(content);
    // The list tells of the file as it is on the disk, with its byte order mark if it has one.
    const known = base.get(path) ?? { path, sha256: hashContent(bytes), bytes: bytes.length };
    base.set(path, { ...known, shown: 'whole' });
  }
  return base;
}

function readBaseList(content: Uint8Array): z.infer<typeof lineSchema>[] {
  const lines = Buffer.from(content).toString('utf8').split('\n');
  return lines.flatMap((line) => {
    const { success, data } = lineSchema.safeParse(parseJson(line));
    return success ? [data] : [];
  });
}
