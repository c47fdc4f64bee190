import { isUtf8 } from 'node:buffer';
import { hashContent } from '../../utils/hash-content.ts';
import type { ProjectFile } from './chosen-files.ts';
import { findSecret, type FoundSecret } from './find-secret.ts';

/** The largest file that is read, in bytes. Larger ones are data, or no model could read them beside anything else. */
export const mostBytes = 256_000;

/** From this length on a line is not for a reader, in characters. */
const longestLine = 100_000;
/** Above this average length of its lines a text of some size is minified. */
const longestAverage = 1000;
const shortestMinified = 5000;

/** The lines in which generators say that they wrote a file; a licence may come first. */
const headLines = 20;
const headLength = 4000;
const comment = /^[ \t]{0,8}(?:\/\/|\/?\*|#|--|;|%|<!--|""")/;
const generated = /\bgenerated\b/i;
const untouchable = /\bdo not (?:edit|modify|change)\b/i;
const marks = /(?:^|\s)@generated\b|<auto-?generated/i;

/** What Git keeps in place of a large file. */
const pointer = 'version https://git-lfs.github.com/spec/';

/** `written`: text that somebody wrote. `generated`: text of a program. */
export type JudgedContent =
  | ({ readonly kind: 'written' | 'generated' } & Pick<ProjectFile, 'bytes' | 'sha256'>)
  | { readonly kind: 'binary' }
  | { readonly kind: 'secret'; readonly secret: FoundSecret };

/** What the content of a file is. `KnownContents` keeps it: whoever changes how contents are judged raises the number there. */
export function judgeContent(bytes: Uint8Array): JudgedContent {
  if (bytes.includes(0) || !isUtf8(bytes)) return { kind: 'binary' };
  const text = new TextDecoder().decode(bytes);
  if (text.startsWith(pointer)) return { kind: 'binary' };
  const secret = findSecret(text);
  if (secret !== undefined) return { kind: 'secret', secret };
  const kind = saysGenerated(text) || isMinified(text) ? 'generated' : 'written';
  return { kind, bytes: bytes.length, sha256: hashContent(bytes) };
}

function isMinified(text: string): boolean {
  let lines = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
    if (end - start > longestLine) return true;
    lines += 1;
    start = end + 1;
  }
  return text.length - start > longestLine || (text.length >= shortestMinified && text.length / lines > longestAverage);
}

/** Whether the comments at the top say that a program wrote the file. */
function saysGenerated(text: string): boolean {
  const lines = text.slice(0, headLength).split('\n').slice(0, headLines);
  const comments = lines.filter((line) => comment.test(line)).join('\n');
  return marks.test(comments) || (generated.test(comments) && untouchable.test(comments));
}
