import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ensureOwnFolderSync } from '../utils/own-folder.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { parseJson } from '../utils/parse-json.ts';
import { readRegularFile } from '../utils/read-regular-file.ts';

const entryFields = {
  /** Absolute: the project that it is for. */
  folder: z.string().min(1),
  tool: z.string().min(1).max(100),
};
const entrySchema = z.union([
  z.strictObject({ ...entryFields, pattern: z.string().min(1).max(10_000) }),
  z.strictObject({ ...entryFields, calls: z.literal('all') }),
]);
const fileSchema = z.strictObject({ allowed: z.array(entrySchema).max(10_000) });

const mostBytes = 16 * 1024 * 1024;

/** Calls that a person has allowed for good, in one project. */
type OwnPermission = z.infer<typeof entrySchema>;
/** Calls of one tool: those whose first argument is like the pattern, or all. */
export type PermittedCalls = { tool: string; pattern: string } | { tool: string; calls: 'all' };

/** What a person has allowed agents to call without asking. It is kept with the person's own settings; no project can write it. */
export class OwnPermissions {
  readonly path: string;

  /** @param folder That of the person's own settings. */
  constructor(folder: string) {
    this.path = join(folder, 'permissions.json');
  }

  /** What is allowed in a project. @throws MultiagentError `permissions.unreadable`. */
  for(project: string): PermittedCalls[] {
    const wanted = resolve(project);
    return this.#read().flatMap(({ folder, ...calls }) => (folder === wanted ? [calls] : []));
  }

  /** @throws MultiagentError `permissions.unreadable`; the system's errors. */
  allow(project: string, calls: PermittedCalls): void {
    const entry: OwnPermission = { folder: resolve(project), ...calls };
    const known = this.#read();
    if (known.some((other) => JSON.stringify(other) === JSON.stringify(entry))) return;
    ensureOwnFolderSync(join(this.path, '..'));
    // Replaced as a whole: half a file would keep every call from being made.
    const fresh = `${this.path}.new`;
    writeFileSync(fresh, `${JSON.stringify({ allowed: [...known, entry] }, null, 2)}\n`, { mode: 0o600 });
    renameSync(fresh, this.path);
  }

  #read(): OwnPermission[] {
    if (!existsSync(this.path)) return [];
    const parsed = fileSchema.safeParse(parseJson(readRegularFile(this.path, mostBytes).toString()));
    if (parsed.success) return parsed.data.allowed;
    throw new MultiagentError({
      category: 'usage',
      code: 'permissions.unreadable',
      message: `${this.path} does not say what is allowed: ${z.prettifyError(parsed.error).split('\n', 1)[0] ?? ''}`,
      hint: 'Mend it, or remove it: then everything is asked for again.',
    });
  }
}
