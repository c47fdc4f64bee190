import { filePurpose } from '../../agents/plans/file-purpose.ts';
import { toBytes } from '../../files/disk/file-content.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { derivedFrom } from '../../utils/derived-list.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { removedFiles, replyPaths, standingFiles } from '../artifacts/standing-files.ts';

/** A file as a check sees it. */
export interface FileForCheck {
  path: string;
  sha256: string;
  content: Uint8Array;
}

/**
 * What a check of the team's work sees: the files of the project that the run has read, and over them what the run has written, as the journal has it. What steps
 * have left as documents of their own is not among them.
 */
export async function filesForCheck(
  state: RunState,
  contentOf: (sha256: string) => Promise<Uint8Array | undefined>,
): Promise<FileForCheck[]> {
  const replies = replyPaths(state);
  const files: FileForCheck[] = [];
  for (const { path, sha256 } of standingFiles(state)) {
    const content = replies.has(path) ? undefined : await contentOf(sha256);
    if (content !== undefined) files.push({ path, sha256, content });
  }
  return [...untouchedFiles(state), ...files].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Whether a change of a file can change what a check says: documents and what ships a program do not. */
export function bearsOnChecks(path: string): boolean {
  const purpose = filePurpose(path);
  return purpose === 'code' || purpose === 'tests';
}

/** One hash over the files that bear on checks. */
export function hashOfFiles(files: readonly Pick<FileForCheck, 'path' | 'sha256'>[]): string {
  const named = files.filter(({ path }) => bearsOnChecks(path)).map(({ path, sha256 }) => [path, sha256]);
  return hashContent(toBytes(JSON.stringify(named.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)))));
}

/** Files of the project that the run has read and that no step has written or removed. */
export function untouchedFiles(state: RunState): FileForCheck[] {
  const touched = new Set([...standingFiles(state), ...removedFiles(state)].map(({ path }) => path));
  return readFiles(state.input.files, undefined).filter(({ path }) => !touched.has(path));
}

/** They never change: each is hashed once. */
const readFiles = derivedFrom<{ path: string; content: string }, FileForCheck[]>(
  () => [],
  (files, { path, content }) => {
    const bytes = toBytes(content);
    files.push({ path, sha256: hashContent(bytes), content: bytes });
  },
);
