import { z } from 'zod';
import type { JournalEvent } from '../../events/run-stream-events.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';

export const archiveFormat = 'multiagent-run';
export const archiveVersion = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** One run as one JSON document: its events as they were recorded, and the contents that they name. */
export const runArchiveSchema = z.object({
  format: z.literal(archiveFormat),
  version: z.literal(archiveVersion),
  /** The program that wrote it. */
  product: z.string(),
  run: z.string(),
  events: z
    .array(
      z.object({
        sequence: z.int().positive(),
        time: z.int(),
        type: z.string(),
        version: z.int().positive(),
        actor: z.string(),
        correlation: z.string(),
        causation: z.int().positive().optional(),
        data: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1)
    .max(1_000_000),
  /** Base64, by SHA-256. */
  contents: z.record(sha256, z.base64()),
  /** What could not be read from a damaged journal: how many events are known to be lost, and the hashes of contents. */
  missing: z.object({ events: z.int().nonnegative(), contents: z.array(sha256) }),
});

/**
 * A run as a JSON document: its events, the contents of its files (base64, by their SHA-256), and what of it is missing. The format is versioned; give it to
 * `importRun` and read nothing else from it.
 */
export type RunArchive = z.infer<typeof runArchiveSchema>;

/** The hashes of all contents that an event names. */
export function namedContents(event: Pick<JournalEvent, 'type' | 'data'>): string[] {
  const { type, data } = event as JournalEvent;
  switch (type) {
    case 'run.started':
      return data.input.project === undefined ? [] : [data.input.project.base];
    case 'artifact.written':
    case 'artifact.removed':
    case 'artifact.refused':
    case 'artifact.restored':
      return [data.sha256];
    case 'artifact.collided':
      return [data.sha256, data.earlier.sha256];
    case 'task.asked':
      return data.shown.flatMap(({ sha256 }) => sha256 ?? []);
    case 'task.decided':
      return (data.edits ?? []).map(({ sha256 }) => sha256);
    default:
      return [];
  }
}

/** Code `archive.invalid`: the file is not an export of a run, or was changed since. */
export function invalidArchive(why: string, cause?: unknown): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'archive.invalid',
    message: `This is not a whole export of a run: ${why}.`,
    hint: 'Export the run again with "multiagent export <run> --output <file>", and copy the file as it is. Nothing was imported.',
    cause,
  });
}
