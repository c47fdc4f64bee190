import { z } from 'zod';

/** Files on their way from a reply to the disk. `path` is relative to the run's folder, with `/`. */
export const artifactEvents = {
  'artifact.written': {
    version: 1,
    data: z.object({
      task: z.string(),
      path: z.string(),
      bytes: z.number().int(),
      sha256: z.string(),
      outcome: z.enum(['created', 'updated', 'unchanged']),
      /** The hash of the previous content, if it was something else; that content is in the store. */
      replaced: z.string().optional(),
      /** The file format of the block, or `reply` for a text step's own reply. */
      format: z.string(),
      language: z.string().optional(),
      /** The position of the block's content in the reply, in UTF-16 units. */
      range: z.tuple([z.number().int(), z.number().int()]),
    }),
  },
  /** A task deleted a file, or moved it to another name. `sha256`: the hash of its content, which is in the store. */
  'artifact.removed': {
    version: 1,
    data: z.object({
      task: z.string(),
      path: z.string(),
      sha256: z.string(),
      movedTo: z.string().optional(),
      /** As in `artifact.written`. */
      format: z.string(),
      range: z.tuple([z.number().int(), z.number().int()]),
    }),
  },
  /** What was mended, without a model, in a file that was just written: its next version is the mended one. */
  'artifact.mended': { version: 1, data: z.object({ task: z.string(), path: z.string(), changes: z.array(z.string()) }) },
  /** The result of the syntax check of a written file. Files in languages that are not checked have no such event. */
  'artifact.checked': {
    version: 1,
    data: z.object({
      task: z.string(),
      path: z.string(),
      sha256: z.string(),
      language: z.string(),
      /** In the order of the file; lines and columns from 1, columns in UTF-16 units. If there are many, only the first ones. */
      findings: z.array(z.object({ line: z.number().int(), column: z.number().int(), message: z.string() })),
      /** How many there are in all. */
      found: z.number().int(),
    }),
  },
  'artifact.refused': {
    version: 1,
    data: z.object({
      task: z.string(),
      name: z.string(),
      /** Names the kind of reason, for programs; absent in journals of versions before it. */
      code: z.string().optional(),
      reason: z.string(),
      sha256: z.string(),
      range: z.tuple([z.number().int(), z.number().int()]),
      /** The file under `output/rejected/<run id>/` that holds the text. */
      keptAs: z.string().optional(),
    }),
  },
  /** A file that was missing when the run was resumed was written again from the content store. */
  'artifact.restored': { version: 1, data: z.object({ path: z.string(), sha256: z.string() }) },
  /** A file is not what the run wrote: somebody has changed it, and it is left alone. */
  'artifact.edited': { version: 1, data: z.object({ path: z.string(), expected: z.string(), found: z.string() }) },
  /**
   * A person has taken back what a task did to a file. `sha256` is the version until then, or the one that the task removed; `restored` is the version of an
   * earlier task that is back. Without `restored` the path is free.
   */
  'artifact.undone': {
    version: 1,
    data: z.object({
      task: z.string(),
      path: z.string(),
      sha256: z.string(),
      restored: z.object({ task: z.string(), sha256: z.string() }).optional(),
    }),
  },
  /** Two different contents for one path: the later one is on disk, both are in the content store. */
  'artifact.collided': {
    version: 1,
    data: z.object({ task: z.string(), path: z.string(), sha256: z.string(), earlier: z.object({ task: z.string(), sha256: z.string() }) }),
  },
} as const;
