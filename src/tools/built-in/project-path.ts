import { checkPath, type RefusalReason } from '../../files/disk/path-policy.ts';
import { shownName } from '../../utils/printable.ts';
import { ownFolderName } from '../../utils/workspace-places.ts';

export type ProjectPath =
  /** Relative to the project, with `/`; empty for the project's own folder. */
  | { kind: 'path'; path: string }
  /** A sentence for the model. */
  | { kind: 'refused'; message: string };

/** What leads out of the project. */
const outside: ReadonlySet<RefusalReason> = new Set<RefusalReason>(['absolute', 'home', 'drive', 'network', 'device', 'outside']);

/** Judges, by its text alone, a path of a call. @param what What it names. */
export function projectPath(name: string, what: 'file' | 'folder'): ProjectPath {
  if (what === 'folder' && /^(?:\.[\\/]?)?$/.test(name)) return { kind: 'path', path: '' };
  const checked = checkPath(what === 'folder' ? withoutEnd(name) : name);
  if (checked.kind === 'refused') {
    const { reason, message } = checked.refusal;
    if (!outside.has(reason)) return { kind: 'refused', message };
    const hint = `Write paths relative to the project's folder, such as src/main.ts.`;
    return { kind: 'refused', message: `The path '${shownName(name)}' leads out of the project. ${hint}` };
  }
  const isOwn = checked.path.split('/').some((segment) => segment.toLowerCase() === ownFolderName);
  if (!isOwn) return { kind: 'path', path: checked.path };
  return { kind: 'refused', message: `The path '${shownName(name)}' reaches into ${ownFolderName}, which is not part of the project.` };
}

/** Without the slashes, and the dots between them, that may end the path of a folder. */
function withoutEnd(name: string): string {
  let end = name.length;
  while (end > 0 && (isSlash(name[end - 1]) || (name[end - 1] === '.' && end > 1 && isSlash(name[end - 2])))) end -= 1;
  return name.slice(0, end) || name;
}

function isSlash(character: string | undefined): boolean {
  return character === '/' || character === '\\';
}
