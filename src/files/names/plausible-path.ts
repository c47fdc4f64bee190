import { foldersOfPrograms, knownExtensions, knownFileNames, notFileNames, systemFolders } from './known-names.ts';
import { isLanguage } from './languages.ts';
import { trimEndOf } from '../../utils/trim-end-of.ts';
import { invisibleCharacters } from '../../utils/printable.ts';

/** Characters that occur in sentences, addresses, placeholders and commands, but hardly ever in the path of a project's file. */
const foreignCharacters = /[<>"|?*:`^。、，：；！？「」（）…]/;
/** Characters that occur there more often than in paths, but do occur in some. */
const oddCharacters = /[';!,={}#&]/;
const driveLetter = /^[A-Za-z]:(?=[\\/])/;
const hostName = /^(?:www\..+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|ai|co|edu|gov))$/i;
/** Longer than any system allows, so that the run's folder can refuse long paths with a message. */
const longestName = 65_536;
const mostWords = 6;

/**
 * Whether a claimed name has the shape of a file's path, and not of a language, a sentence, an address, a header line, a command, a host with its port or a
 * version. Only the shape counts: `../../x` and `/etc/passwd` are paths, so that the run's folder refuses them with a message and their content does not end up
 * in another file.
 */
export function isPlausiblePath(name: string): boolean {
  if (name.length > longestName || foreignCharacters.test(name.replace(driveLetter, ''))) return false;
  // Hidden characters and trailing dots do not change the meaning. The folder decides whether they may be written.
  const shape = trimEndOf(name.replaceAll(invisibleCharacters, '').trim().replace(driveLetter, ''), /[. ]/);
  if (shape === '' || (isLanguage(shape) && !knownFileNames.has(shape))) return false;
  const segments = shape.split(/[\\/]/);
  const last = segments.at(-1)!;
  if (oddCharacters.test(shape) && !isOddPath(shape, segments)) return false;
  if (last === '' || segments.some((segment) => !isPlausibleSegment(segment)) || isHost(segments[0]!)) return false;
  if (/\s/.test(shape) && !isPathWithSpaces(shape)) return false;
  return knownFileNames.has(last) || isNameWithSuffix(last) || isDotFile(last) || hasExtension(last, segments) || isProgram(segments);
}

function isHost(segment: string): boolean {
  return hostName.test(segment.replace(/^[^@]+@/, '')) && !isNameWithSuffix(segment);
}

function isPlausibleSegment(segment: string): boolean {
  return (
    !notFileNames.has(segment) &&
    !segment.startsWith('-') &&
    !/^\.{3,}$/.test(segment) &&
    (!segment.includes('(') || segment.startsWith('(') || /^[^()]+\([\w -]+\)[^()]*$/.test(segment))
  );
}

/**
 * Whether a name with odd characters is a path. `docs/it's.md`, `R&D.md` and `app/{id}.ts` are; a template, an assignment, a list of files, a quoted word and a
 * pattern are not. Only a known extension tells them apart.
 */
function isOddPath(shape: string, segments: string[]): boolean {
  const extension = /[^.]\.([A-Za-z0-9_]{1,12})$/.exec(shape)?.[1]?.toLowerCase();
  if (extension === undefined || !knownExtensions.has(extension)) return false;
  if (/^['#!&,;={}]|\{\{|\}\}|\$\{|\{[^{},]*,[^{}]*\}|\{\}|[;&]{2}|\s[&=;]|[,;]\s/.test(shape)) return false;
  if (/\.[A-Za-z]\w{0,11}[,;&=]/.test(shape)) return false;
  return segments.length > 1 ? segments[0] !== '' : !/[={}]/.test(shape);
}

/**
 * For an attribute, a tag, or text after a language, where only a path can be: whether a name is a title, or is in a folder whose name a template fills in:
 * `User Guide.md`, `docs/Q & A.md`, `{{project.name}}/setup.py`. Elsewhere it would be the end of a sentence, or a place to fill in.
 */
export function isTitledPath(name: string): boolean {
  if (name.length > 200 || foreignCharacters.test(name)) return false;
  const segments = name.trim().split('/');
  const last = segments.pop() ?? '';
  const extension = /[^.]\.([A-Za-z0-9_]{1,12})$/.exec(last)?.[1]?.toLowerCase();
  if (extension === undefined || !knownExtensions.has(extension) || !segments.every((segment) => folder.test(segment))) return false;
  const words = last.split(/ +/);
  if (words.length === 1) return segments.some((segment) => segment.startsWith('{{')) && /^[\w.-]+$/.test(last);
  const isTitle = (word: string) =>
    /^[\p{Lu}\p{N}\p{Lo}]/u.test(word) || /^(?:-|&|and|of|the|for|to|in|a|an|on|with|und|de|la|et)$/.test(word);
  return words.length <= mostWords && words.slice(0, -1).every((word) => !/\.\w+$/.test(word)) && words.every(isTitle);
}

const folder = /^(?:\w[\w.@-]*|\{\{ ?[\w.]{1,60} ?\}\})$/;

/** Whether spaces belong to a path: `docs/User Guide.md` is one; `see src/app.py` and `python app.py` are not. */
function isPathWithSpaces(shape: string): boolean {
  const words = shape.split(/\s+/);
  const earlier = words.slice(0, -1);
  return (
    words.length <= mostWords && /[\\/]/.test(words[0]!) && earlier.every((word) => !/\.[A-Za-z]\w*$/.test(word)) && /\.\w+$/.test(shape)
  );
}

/** `Dockerfile.dev`, `Makefile.am`. */
function isNameWithSuffix(last: string): boolean {
  const [name, ...suffix] = last.split('.');
  return knownFileNames.has(name!) && suffix.length > 0 && suffix.every((part) => /^[\w-]+$/.test(part));
}

function isDotFile(last: string): boolean {
  return /^\.[a-z_][\w-]*(?:\.[\w-]+)*$/.test(last);
}

function hasExtension(last: string, segments: string[]): boolean {
  const extension = /[^.]\.([A-Za-z0-9_]{1,12})$/.exec(last)?.[1];
  if (extension === undefined || !/[A-Za-z]/.test(extension)) return false;
  return segments.length > 1 || knownExtensions.has(extension.toLowerCase());
}

function isProgram([first, second, ...others]: string[]): boolean {
  if (first === undefined || second === undefined) return false;
  if (first === '') return systemFolders.has(second) && others.length > 0;
  return foldersOfPrograms.has(first) || /^[.~]/.test(first);
}
