import { renderDiff } from '../../files/edits/render-diff.ts';
import { fileVersions, type FileVersion } from '../../orchestrator/artifacts/file-versions.ts';
import { standingFiles } from '../../orchestrator/artifacts/standing-files.ts';
import { privateWholes } from '../../state/run/private-wholes.ts';
import type { ArtifactRecord, RunState } from '../../state/run/run-state.ts';

/** A file of a run with what each step did to it. */
export interface ReportedFile {
  /** Relative to the run's folder. */
  path: string;
  /** Whether it is there at the end. */
  stands: boolean;
  /** Oldest first. */
  versions: ReportedVersion[];
}

/** What a step did to a file. */
export interface ReportedVersion {
  task: string;
  outcome: ArtifactRecord['outcome'] | 'removed';
  /** Where it was moved to; null: it was not. */
  movedTo: string | null;
  bytes: number;
  place: FileVersion['place'];
  /** What the syntax check found; null: it was not checked. `found` counts what `findings` may hold only the first of. */
  check: { language: string; findings: { line: number; column: number; message: string }[]; found: number } | null;
  content: ShownContent;
}

/**
 * What is shown of a version. `whole`: its text, for a file that was not there before. `diff`: how it differs from the version before, as `patch` reads it. Anything else
 * says why there is neither: it changed nothing, is no text, is too large, was written in a private step, is no longer in the journal, or there are too many.
 */
export type ShownContent =
  | { kind: 'whole' | 'diff'; text: string }
  | { kind: 'unchanged' | 'binary' | 'large' | 'private' | 'missing' | 'too_many' | 'reply' };

/** Bytes: what is larger is not shown. */
const largestShown = 1_000_000;
/** Bytes of all contents that are read for a report. */
const mostRead = 40_000_000;

export interface ContentSource {
  getContent: (sha256: string) => Promise<Uint8Array | undefined>;
}

/** Every file of a run that a step wrote, moved or deleted, by path. */
export async function reportedFiles(state: RunState, store: ContentSource): Promise<ReportedFile[]> {
  const standing = new Set(standingFiles(state).map(({ path }) => path));
  const versions = new Map<string, { sequence: number; version: ReportedVersion }[]>();
  const add = (path: string, sequence: number, version: ReportedVersion) => {
    const known = versions.get(path);
    if (known === undefined) versions.set(path, [{ sequence, version }]);
    else known.push({ sequence, version });
  };
  const contents = new Contents(store);
  for (const { artifact, place } of fileVersions(state)) {
    const { task, path, outcome, bytes, check = null, sequence } = artifact;
    const content = await shownContent(state, artifact, contents);
    add(path, sequence, { task, outcome, movedTo: null, bytes, place, check, content });
  }
  for (const { task, path, movedTo = null, sequence, undone } of state.removals) {
    const place = undone === undefined ? 'removed' : 'undone';
    add(path, sequence, { task, outcome: 'removed', movedTo, bytes: 0, place, check: null, content: { kind: 'unchanged' } });
  }
  return [...versions]
    .map(([path, all]) => ({
      path,
      stands: standing.has(path),
      versions: all.toSorted((one, other) => one.sequence - other.sequence).map(({ version }) => version),
    }))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

async function shownContent(state: RunState, artifact: ArtifactRecord, contents: Contents): Promise<ShownContent> {
  const { task, path, sha256, bytes, outcome, replaced, format } = artifact;
  // It is shown with its step.
  if (format === 'reply') return { kind: 'reply' };
  if (outcome === 'unchanged') return { kind: 'unchanged' };
  if (privateWholes(state, task).length > 0) return { kind: 'private' };
  return bytes > largestShown ? { kind: 'large' } : differenceOf(path, { before: replaced, after: sha256 }, contents);
}

/** How a file differs between two contents, by their hashes: none on one side is whole on the other. */
export async function differenceOf(
  path: string,
  { before, after }: { before: string | undefined; after: string | undefined },
  contents: Contents,
): Promise<ShownContent> {
  const sides: (Uint8Array | undefined)[] = [];
  for (const sha256 of [before, after]) {
    const content = sha256 === undefined ? undefined : await contents.get(sha256);
    if (typeof content === 'string') return { kind: content };
    if (content !== undefined && content.length > largestShown) return { kind: 'large' };
    if (content !== undefined && textOf(content) === undefined) return { kind: 'binary' };
    sides.push(content);
  }
  const [old, fresh] = sides;
  if (old === undefined) return { kind: 'whole', text: textOf(fresh ?? new Uint8Array()) ?? '' };
  return { kind: 'diff', text: renderDiff({ path, before: old, after: fresh }) };
}

/** Contents up to a bound: a report of a run that wrote gigabytes has to end, too. */
export class Contents {
  readonly #source: ContentSource;
  #read = 0;

  constructor(source: ContentSource) {
    this.#source = source;
  }

  async get(sha256: string): Promise<Uint8Array | 'missing' | 'too_many'> {
    if (this.#read > mostRead) return 'too_many';
    const content = await this.#source.getContent(sha256);
    this.#read += content?.length ?? 0;
    return content ?? 'missing';
  }
}

function textOf(content: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
