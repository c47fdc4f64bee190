import { shownName, invisibleCharacters } from '../../utils/printable.ts';
import { ownFolderName } from '../../utils/workspace-places.ts';
import { looksLikeAnother } from '../names/looks-like-another.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';

/**
 * Why a path is refused:
 * - `empty`, `too_long`, `encoding` (half a surrogate pair), `nul`, `control`, `invisible` (or changing the reading direction),
 *   `characters` (not allowed in file names on some systems), `trailing` (a dot or space that some systems drop): the name itself.
 * - `absolute`, `home`, `drive`, `network`, `device`, `outside` (`..`): it leads out of the folder.
 * - `reserved` (a device's name on Windows), `git` (Git's own folder, whose settings and hooks run commands).
 * - `link`, `directory`, `not_a_folder`, `not_a_file`, `case`, `normalisation`: something on the disk is in the way.
 */
export type RefusalReason =
  | 'empty'
  | 'too_long'
  | 'encoding'
  | 'nul'
  | 'control'
  | 'invisible'
  | 'characters'
  | 'trailing'
  | 'absolute'
  | 'home'
  | 'drive'
  | 'network'
  | 'device'
  | 'outside'
  | 'reserved'
  | 'git'
  | 'link'
  | 'directory'
  | 'not_a_folder'
  | 'not_a_file'
  | 'case'
  | 'normalisation';

/** Why a path is refused. */
export interface Refusal {
  reason: RefusalReason;
  /** A sentence for people. Safe to show, whatever the name contains. */
  message: string;
}

export type CheckedPath = { kind: 'accepted'; path: string } | { kind: 'refused'; refusal: Refusal };

const longestSegment = 255;
const longestPath = 1024;
const reservedNames = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/i;

/** Whether Windows treats this name, with any extension, as a device. */
export function isReservedName(segment: string): boolean {
  return reservedNames.test(segment.split('.', 1)[0]!.trimEnd());
}

/**
 * Judges a path by its text only. Backslashes count as slashes, because models write them for Windows; empty and `.` segments are dropped.
 * @returns the path relative to the folder, with `/`.
 */
export function checkPath(name: string): CheckedPath {
  const refusal = refuseWhole(name);
  if (refusal !== undefined) return { kind: 'refused', refusal };
  const slashed = name.replaceAll('\\', '/');
  const segments = slashed.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments[0]?.startsWith('~') === true)
    return { kind: 'refused', refusal: refuse('home', name, 'leads to a home folder; files go into the folder of the run') };
  for (const segment of segments) {
    const segmentRefusal = refuseSegment(segment, name);
    if (segmentRefusal !== undefined) return { kind: 'refused', refusal: segmentRefusal };
  }
  if (segments.length === 0 || /(?:^|\/)\.?$/.test(slashed))
    return { kind: 'refused', refusal: refuse('directory', name, 'names a folder, not a file') };
  return { kind: 'accepted', path: segments.join('/') };
}

/** Two paths with the same key are one file on some file system: they differ only in case or in how accents are encoded. */
export function collisionKey(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

export function refuse(reason: RefusalReason, name: string, why: string): Refusal {
  return { reason, message: `The path '${shownName(name)}' ${why}.` };
}

function refuseWhole(name: string): Refusal | undefined {
  if (name.trim() === '') return { reason: 'empty', message: 'The path is empty.' };
  if (!name.isWellFormed()) return refuse('encoding', name, 'holds half of a character');
  if (name.includes('\0')) return refuse('nul', name, 'holds a NUL character');
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(name)) return refuse('control', name, 'holds control characters');
  if (name.search(invisibleCharacters) !== -1) return refuse('invisible', name, 'holds characters that hide or turn text');
  if (/^[\\/]{2}[.?](?:[\\/]|$)/.test(name)) return refuse('device', name, 'names a device');
  if (/^[\\/]{2}/.test(name)) return refuse('network', name, 'names another machine');
  if (/^[\\/]/.test(name)) return refuse('absolute', name, 'is absolute; files go into the folder of the run');
  if (/^[A-Za-z]:/.test(name)) return refuse('drive', name, 'names a drive; files go into the folder of the run');
  if (Buffer.byteLength(name) > longestPath) return refuse('too_long', name, `is longer than ${longestPath} bytes`);
  return undefined;
}

function refuseSegment(segment: string, name: string): Refusal | undefined {
  if (segment === '..') return refuse('outside', name, `holds '..'; files stay inside the folder of the run`);
  if (Buffer.byteLength(segment) > longestSegment) return refuse('too_long', name, `has a part longer than ${longestSegment} bytes`);
  if (/[<>:"|?*]/.test(segment))
    return refuse('characters', name, 'holds one of < > : " | ? *, which some systems do not allow in file names');
  // Some systems, and people, read full-width and other look-alikes as the real characters.
  const lookalike = segment.normalize('NFKC');
  if (/[\\/]/.test(lookalike) || (lookalike === '..' && segment !== '..'))
    return refuse('characters', name, 'holds a character that looks like a separator or like dots');
  if (looksLikeAnother(segment))
    return refuse('characters', name, 'holds a character that is drawn as another one, and so hides what it is');
  if (/[. ]$/.test(segment)) return refuse('trailing', name, 'has a part that ends with a dot or a space, which some systems drop');
  if (isReservedName(segment)) return refuse('reserved', name, `has a part, '${shownName(segment)}', that is a device on some systems`);
  if (/^(?:\.git|git~\d+)$/i.test(segment)) return refuse('git', name, `reaches into Git's own folder, whose files can run commands`);
  return undefined;
}

/**
 * A path that the run's folder refuses, if there is no report to say so. `refusal` says why.
 * @example
 * try {
 *   await new FileWriter({ folder }).writeJson('../result.json', {});
 * } catch (error) {
 *   if (!(error instanceof RefusedPathError)) throw error;
 *   console.log(error.refusal.reason); // outside
 * }
 */
export class RefusedPathError extends MultiagentError {
  /** The reason as a word for programs, and as a sentence. */
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super({ code: 'files.refused', message: refusal.message, hint: "Use a relative path inside the run's folder." });
    this.refusal = refusal;
  }
}

/** Folders that belong to tools, not to people: files in them can run commands, or are replaced without asking. */
const closed: ReadonlySet<string> = new Set(['.git', ownFolderName, 'node_modules']);

/** Why a file of a run may not be written to this place of a project, beyond what the path policy refuses. Undefined if it may. */
export function refuseProjectPath(path: string): string | undefined {
  const folder = path
    .replaceAll('\\', '/')
    .split('/')
    .find((segment) => closed.has(segment.toLowerCase()));
  return folder === undefined ? undefined : `The path '${shownName(path)}' reaches into ${folder}, where nothing is written.`;
}
