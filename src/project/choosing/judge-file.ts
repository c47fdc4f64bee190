import { isSecretFileName } from '../../utils/credential-names.ts';
import { invisibleCharacters } from '../../utils/printable.ts';
import { ownFolderName } from '../../utils/workspace-places.ts';
import type { FolderReader, NothingToRead } from '../below/folder-reader.ts';
import type { FoundBy } from './candidates.ts';
import type { ProjectFile } from './chosen-files.ts';
import type { FoundSecret } from './find-secret.ts';
import { generatedPart } from './generated-paths.ts';
import type { IgnoreRules } from './ignore-rules.ts';
import { isBinaryName } from './is-binary-name.ts';
import { judgeContent, type JudgedContent } from './judge-content.ts';
import type { KnownContents } from './known-contents.ts';
import type { LeftOutReason } from './left-out.ts';

/** `nothing`: there is no such file, or it is nobody's business. */
export type FileJudgement =
  | { readonly kind: 'chosen'; readonly file: ProjectFile }
  | { readonly kind: 'nothing' }
  | {
      readonly kind: Exclude<LeftOutReason, 'secret' | 'too_many'>;
      /** The file, or the folder around it that is left out as a whole, with `/` at its end. */
      readonly path: string;
    }
  /** `secret`: what was found in its content. Undefined: its name is enough. */
  | { readonly kind: 'secret'; readonly path: string; readonly secret?: FoundSecret };

export interface JudgeFileOptions {
  by: FoundBy;
  /** Of `.multiagentignore`. */
  ignored: IgnoreRules;
  reader: FolderReader;
  known: KnownContents | undefined;
  inGit: boolean;
}

/** Judges a candidate by its path and, if nothing speaks against that, by what is there. */
export function judgeFile(path: string, { by, ignored, reader, known, inGit }: JudgeFileOptions): FileJudgement {
  if (isOwn(path)) return { kind: 'nothing' };
  const byPath = judgePath(path, by, ignored);
  if (byPath !== undefined) return byPath;
  const content = known?.find(path, () => reader.glance(path)) ?? readContent(path, reader, known);
  switch (content.kind) {
    case 'written':
    case 'generated':
      if (content.kind === 'generated' && by.named === 'folder') return { kind: 'generated', path };
      return { kind: 'chosen', file: { path, bytes: content.bytes, sha256: content.sha256 } };
    case 'secret':
      return { ...content, path };
    case 'binary':
      return { kind: 'binary', path };
    default:
      return judgeAbsence(content, { path, inGit });
  }
}

function readContent(path: string, reader: FolderReader, known: KnownContents | undefined): JudgedContent | NothingToRead {
  const read = reader.read(path.endsWith('/') ? path.slice(0, -1) : path);
  if (read.kind !== 'read') return read;
  const content = judgeContent(read.bytes);
  if (content.kind !== 'secret') known?.keep(path, read.stamp, content);
  return content;
}

function judgeAbsence({ kind }: NothingToRead, { path, inGit }: { path: string; inGit: boolean }): FileJudgement {
  switch (kind) {
    case 'gone':
      // Git knows files that were deleted, and files vanish.
      return { kind: 'nothing' };
    case 'folder':
      return { kind: inGit ? 'repository' : 'unreadable', path };
    case 'behind_link':
      return { kind: 'link', path };
    default:
      return { kind, path };
  }
}

/** A file that was named by its path is judged by what it holds, unless its name says that it is secret. */
function judgePath(path: string, by: FoundBy, ignored: IgnoreRules): FileJudgement | undefined {
  // A name that nobody could show or write as it is.
  if (path.search(invisibleCharacters) !== -1 || /[\\\uFFFD]/.test(path)) return { kind: 'unreadable', path };
  if (by.named === 'folder') {
    // A folder that the person named is wanted, whatever its name.
    const named = by.folder === '' ? '' : `${by.folder}/`;
    const generated = generatedPart(path.slice(named.length));
    if (generated?.endsWith('/')) return { kind: 'generated', path: `${named}${generated}` };
    if (ignored.isIgnored(path)) return { kind: 'ignored', path };
    if (isSecretFileName(nameOf(path))) return { kind: 'secret', path };
    if (generated !== undefined) return { kind: 'generated', path };
  }
  if (isSecretFileName(nameOf(path))) return { kind: 'secret', path };
  return isBinaryName(path) ? { kind: 'binary', path } : undefined;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** This program's own folder, and Git's. */
function isOwn(path: string): boolean {
  return path === ownFolderName || path.startsWith(`${ownFolderName}/`) || /(?:^|\/)(?:\.git|\.\.)(?:\/|$)/.test(path);
}
