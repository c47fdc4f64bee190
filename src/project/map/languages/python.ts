import type { MapLanguage } from './map-language.ts';
import { beginningsAbove, folderOf, joinBelow, type ProjectPaths } from './project-paths.ts';

const fromPattern = /^\s{0,20}from (\.{0,20}[\w.]{0,300}) import \(?([\w ,.*]{0,500})/;
const importPattern = /^\s{0,20}import ([\w ,.]{1,500})/;
const definitionPattern = /^(?: {4}|\t)?(?:async )?(?:def|class) (\w{1,100})/;
const constantPattern = /^([A-Z][A-Z0-9_]{1,100})(?:: ?[^=]{1,100})? ?=/;

/** Modules are looked for beside the importing file and in each folder above it, which is where a package usually begins, and in `src`. */
export const python: MapLanguage = {
  endings: ['py', 'pyi'],
  scan: (lines, found) => {
    for (const line of lines) {
      const from = fromPattern.exec(line);
      if (from !== null) {
        // What is imported may itself be a module.
        const items = from[2]!.split(',').map((item) => item.trim().split(' ')[0]!);
        for (const item of items) found.addImport(`${from[1]!} ${item}`);
        continue;
      }
      for (const item of importPattern.exec(line)?.[1]?.split(',') ?? []) found.addImport(`${item.trim().split(' ')[0]!} `);
      const name = (definitionPattern.exec(line) ?? constantPattern.exec(line))?.[1];
      if (name !== undefined && !(name.startsWith('_') && /^\s/.test(line))) found.addName(name);
    }
  },
  resolve: (specifier, from, paths) => {
    const space = specifier.lastIndexOf(' ');
    const module = specifier.slice(0, space);
    const item = specifier.slice(space + 1);
    const dots = /^\.*/.exec(module)![0].length;
    const path = module.slice(dots).replaceAll('.', '/');
    if (dots > 0) {
      const folder = joinBelow(folderOf(from), '../'.repeat(dots - 1));
      return folder === undefined ? [] : moduleAt(folder === '' ? '' : `${folder}/`, path, item, paths);
    }
    if (path === '') return [];
    for (const beginning of [...beginningsAbove(folderOf(from)), 'src/']) {
      const found = moduleAt(beginning, path, item, paths);
      if (found.length > 0 && found[0] !== from) return found;
    }
    return [];
  },
};

function moduleAt(beginning: string, path: string, item: string, paths: ProjectPaths): string[] {
  const base = beginning + path;
  const below = base === '' || base.endsWith('/') ? base : `${base}/`;
  const named = item === '' || item === '*' ? [] : [`${below}${item}.py`, `${below}${item}/__init__.py`];
  return paths.first([...named, `${base}.py`, `${base}.pyi`, `${below}__init__.py`]);
}
