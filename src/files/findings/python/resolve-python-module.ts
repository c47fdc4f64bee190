import type { SourceFile } from '../code-finding.ts';
import { folderOf, joinPath } from '../../names/path-parts.ts';
import type { PythonImport } from './read-python-imports.ts';

export type PythonModule =
  | { kind: 'file'; file: SourceFile }
  /** A folder of the project, with or without an `__init__.py` among the files. */
  | { kind: 'package'; folder: string; file: SourceFile | undefined }
  /** More than one file could be meant. */
  | { kind: 'unclear' }
  | { kind: 'missing' };

export interface ResolveOptions {
  path: string;
  siblings: readonly SourceFile[];
}

/** The file of the project that an import refers to. Where Python looks depends on how it is started, so every folder counts. */
export function resolvePythonModule(
  { module, dots }: Pick<PythonImport, 'dots' | 'module'>,
  { path, siblings }: ResolveOptions,
): PythonModule {
  const relative = module.replaceAll('.', '/');
  if (dots > 0) {
    const folder = joinPath(folderOf(path), '../'.repeat(dots - 1));
    if (folder === undefined) return { kind: 'unclear' };
    const place = joinPath(folder, relative) ?? '';
    return oneOf(
      siblings.filter(({ path }) => isModuleAt(path, place)),
      siblings.filter(({ path }) => isInside(path, place)),
      place,
    );
  }
  const matches = siblings.filter(({ path }) => isModuleAt(`/${path}`, `/${relative}`, 'anywhere'));
  const folders = siblings.filter(({ path }) => `/${path}`.includes(`/${relative}/`));
  return oneOf(matches, folders, relative);
}

function oneOf(matches: SourceFile[], inside: SourceFile[], place: string): PythonModule {
  if (matches.length > 1) return { kind: 'unclear' };
  const [file] = matches;
  if (file !== undefined && !file.path.includes('__init__.py')) return inside.length > 0 ? { kind: 'unclear' } : { kind: 'file', file };
  const [first] = inside;
  if (file === undefined && first === undefined) return { kind: 'missing' };
  const around = file?.path ?? first?.path ?? '';
  const at = `/${around}`.indexOf(`/${place}/`);
  return { kind: 'package', folder: around.slice(0, Math.max(0, at + place.length)), file };
}

function isModuleAt(path: string, place: string, where: 'anywhere' | 'here' = 'here'): boolean {
  const ends = [`${place}.py`, `${place}.pyi`, `${place}/__init__.py`].map((end) => end.replace(/^\/(?=__init__)/, ''));
  return ends.some((end) => (where === 'here' ? path === end : path.endsWith(end)));
}

function isInside(path: string, place: string): boolean {
  return place === '' || path.startsWith(`${place}/`);
}
