import { fileNameOf } from '../files/names/path-parts.ts';
import type { CheckedProject } from './checked-project.ts';

/** Names that mean "yours": nobody can install them. */
const placeholder = /^(?:(?:your|my)[_-]\w{0,80}|src|app|lib|main|module|solution|tests?)$/i;

/**
 * Whether a module that was not found has to come from a registry. One that bears the name of a file or a folder here, also of one that tests
 * it (`test_calc.py`), or a name to be filled in, should have been among the files: that is a fault of theirs.
 * @param name As imported, without what stands inside of it.
 */
export function isPackage(project: CheckedProject, name: string): boolean {
  return !placeholder.test(name) && !project.paths.some((path) => isNamedAfter(stemOf(path), name) || `/${path}`.includes(`/${name}/`));
}

function isNamedAfter(stem: string, name: string): boolean {
  return [name, `test_${name}`, `${name}_test`].includes(stem);
}

function stemOf(path: string): string {
  const name = fileNameOf(path);
  const dot = name.indexOf('.');
  return dot === -1 ? name : name.slice(0, dot);
}
