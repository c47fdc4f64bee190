import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ensureOwnFolderSync } from '../utils/own-folder.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { parseJson } from '../utils/parse-json.ts';
import { readRegularFile } from '../utils/read-regular-file.ts';

const entrySchema = z.strictObject({
  /** Absolute: the project that it is for. */
  folder: z.string().min(1),
  tool: z.string().min(1).max(100),
  pattern: z.string().min(1).max(10_000),
});
const fileSchema = z.strictObject({ allowed: z.array(entrySchema).max(10_000) });

const mostBytes = 16 * 1024 * 1024;

/** A call that a person has allowed for good, in one project. */
export type OwnPermission = z.infer<typeof entrySchema>;

/** What a person has allowed agents to call without asking. It is kept with the person's own settings; no project can write it. */
export class OwnPermissions {
  readonly path: string;

  /** @param folder That of the person's own settings. */
  constructor(folder: string) {
    this.path = join(folder, 'permissions.json');
  }

  /** What is allowed in a project. @throws MultiagentError `permissions.unreadable`. */
  for(project: string): Pick<OwnPermission, 'tool' | 'pattern'>[] {
    const folder = resolve(project);
    return this.#read()
      .filter((entry) => entry.folder === folder)
      .map(({ tool, pattern }) => ({ tool, pattern }));
  }

  /** @throws MultiagentError `permissions.unreadable`; the system's errors. */
  allow(project: string, { tool, pattern }: Pick<OwnPermission, 'tool' | 'pattern'>): void {
    const entry = { folder: resolve(project), tool, pattern };
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
