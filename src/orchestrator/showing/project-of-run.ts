import type { RunState } from '../../state/run/run-state.ts';
import { judgeContent, mostBytes } from '../../project/choosing/judge-content.ts';
import { isSecretFileName } from '../../utils/credential-names.ts';
import { readRegularFile } from '../../utils/read-regular-file.ts';
import { type BaseFile, projectBase } from '../artifacts/project-base.ts';
import { projectOnDisk } from '../project-folder.ts';
import type { RunContext } from '../run-context.ts';

type Run = Pick<RunContext, 'contentOf'> & { journal: Pick<RunContext['journal'], 'state'> };

const known = new WeakMap<RunState['input'], Promise<ReadonlyMap<string, BaseFile>>>();

/** What the project held when the run began, read from the journal once. */
export function projectOfRun({ journal: { state }, contentOf }: Run): Promise<ReadonlyMap<string, BaseFile>> {
  const found = known.get(state.input) ?? projectBase(state, contentOf);
  known.set(state.input, found);
  return found;
}

/** What a model may ask to see: files that the run was not given whole, and skills, of which it was told the names. */
export async function whatToAskFor(run: Run): Promise<ReadonlySet<'files' | 'skills'>> {
  const { project, files } = run.journal.state.input;
  const there = new Set<'files' | 'skills'>();
  if (project === undefined) return there;
  if (project.fileCount > files.length && (await projectOfRun(run)).size > files.length) there.add('files');
  if (project.skills.length > 0) there.add('skills');
  return there;
}

/** A file of the project as it is now. */
export type FileNow =
  | { kind: 'text'; text: string; sha256: string; /** It is no longer what it was when the run began. */ changed: boolean }
  /** `why` ends a sentence. */
  | { kind: 'unfit'; why: string };

const secret: FileNow = { kind: 'unfit', why: 'looks like a secret, and nobody is shown it' };

/**
 * Reads a file of the project, never through a link, and keeps what it read. It is judged as when files are chosen: it may have changed since, and a journal may
 * come from elsewhere.
 */
export async function readProjectFile(
  { journal, commands, keepContent }: Pick<RunContext, 'journal' | 'commands' | 'keepContent'>,
  { path, sha256: before }: Pick<BaseFile, 'path' | 'sha256'>,
): Promise<FileNow> {
  if (isSecretFileName(path.slice(path.lastIndexOf('/') + 1))) return secret;
  const place = await projectOnDisk(commands.workspace, journal.state.input).place(path);
  if (place.kind === 'refused') return { kind: 'unfit', why: 'is no longer a file' };
  if (place.kind === 'missing') return { kind: 'unfit', why: 'is no longer there' };
  let content: Uint8Array;
  using folder = place.folder;
  try {
    content = readRegularFile(folder.entry(place.name), mostBytes, 'refuse links');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is no longer there' : 'can no longer be read';
    return { kind: 'unfit', why };
  }
  const judged = judgeContent(content);
  if (judged.kind === 'secret') return secret;
  if (judged.kind === 'binary') return { kind: 'unfit', why: 'is no text' };
  const sha256 = await keepContent(content);
  return { kind: 'text', text: new TextDecoder().decode(content), sha256, changed: sha256 !== before };
}

/** A file of the project as the run knows it: as the model was last shown it, or as it was when the run began. Undefined: it was not there, or nobody has that version any more. */
export async function baseTextOf(
  run: Pick<RunContext, 'journal' | 'contentOf' | 'commands' | 'keepContent'>,
  path: string,
): Promise<string | undefined> {
  const kept = await keptBaseOf(run, path);
  if (kept !== undefined) return Buffer.from(kept).toString('utf8');
  const file = (await projectOfRun(run)).get(path);
  if (file === undefined) return undefined;
  const now = await readProjectFile(run, file);
  return now.kind === 'text' && !now.changed ? now.text : undefined;
}

/** The same, without looking at the folder: undefined also for a file that the model was not shown. */
export async function keptBaseOf({ journal, contentOf }: Run, path: string): Promise<Uint8Array | undefined> {
  const { state } = journal;
  const given = state.input.files.find((file) => file.path === path);
  if (given !== undefined) return Buffer.from(given.content);
  const file = (await projectOfRun({ journal, contentOf })).get(path);
  return file === undefined ? undefined : contentOf(lastShown(state, path) ?? file.sha256);
}

/** Where the run has versions of its own, these are what was shown of it, and no version of the project. */
function lastShown({ activities, artifacts }: Pick<RunState, 'activities' | 'artifacts'>, path: string): string | undefined {
  const own = new Set(artifacts.flatMap((version) => (version.path === path ? [version.sha256] : [])));
  let last: string | undefined;
  for (const activity of activities.values())
    if (activity.kind === 'read')
      last =
        activity.result?.files.findLast((file) => file.path === path && file.shown === 'whole' && !own.has(file.sha256 ?? ''))?.sha256 ??
        last;
  return last;
}
