import type { MapLanguage } from './map-language.ts';
import { beginningsAbove, folderOf, stemOf, type ProjectPaths } from './project-paths.ts';

const modulePattern = /^\s{0,12}(?:pub(?:\([^)]{1,40}\))? )?mod (\w{1,100});/;
const usePattern = /^\s{0,12}(?:pub(?:\([^)]{1,40}\))? )?use ([\w:]{1,300})(?:\{([^}]{0,500}))?/;
const definitionPattern =
  /^\s{0,12}(?:pub(?:\([^)]{1,40}\))? )?(?:(?:async|unsafe|const|default) )*(?:fn|struct|enum|union|trait|type|static|const|macro_rules!) (\w{1,100})/;

/** `mod x;` is a file below; `use crate::a::b` the file of the longest beginning that there is. */
export const rust: MapLanguage = {
  endings: ['rs'],
  scan: (lines, found) => {
    for (const line of lines) {
      const module = modulePattern.exec(line)?.[1];
      if (module !== undefined) found.addImport(`self::${module}`);
      const use = usePattern.exec(line);
      if (use !== null) {
        const items = use[2]?.split(',').map((item) => item.trim()) ?? [''];
        for (const item of items) found.addImport(use[1]! + item.slice(0, 200));
      }
      const name = definitionPattern.exec(line)?.[1];
      if (name !== undefined && (line.includes('pub') || !/^\s/.test(line))) found.addName(name);
    }
  },
  resolve: (specifier, from, paths) => {
    const [first = '', ...rest] = specifier.split('::', 20);
    if (first === 'crate') return moduleAt(crateOf(from, paths), rest, paths);
    if (first === 'self') return moduleAt(modulesOf(from), rest, paths);
    if (first === 'super') {
      let folder = folderOf(modulesOf(from).slice(0, -1));
      while (rest[0] === 'super') {
        rest.shift();
        folder = folderOf(folder);
      }
      return moduleAt(folder === '' ? '' : `${folder}/`, rest, paths);
    }
    const [manifest] = paths.provided(`crate ${first}`);
    if (manifest === undefined) return [];
    const source = [folderOf(manifest), 'src/'].filter((part) => part !== '').join('/');
    const found = moduleAt(source, rest, paths);
    return found.length > 0 ? found : paths.first([`${source}lib.rs`]);
  },
};

/** Where the modules of a file stand: beside `mod.rs`, `lib.rs` and `main.rs`, else in a folder of its name. */
function modulesOf(path: string): string {
  const folder = folderOf(path);
  const beginning = folder === '' ? '' : `${folder}/`;
  const stem = stemOf(path);
  return /^(?:mod|lib|main)$/.test(stem) ? beginning : `${beginning}${stem}/`;
}

function crateOf(from: string, paths: ProjectPaths): string {
  const beginnings = beginningsAbove(folderOf(from));
  return beginnings.find((beginning) => ['lib.rs', 'main.rs'].some((name) => paths.has(beginning + name))) ?? '';
}

function moduleAt(beginning: string, parts: readonly string[], paths: ProjectPaths): string[] {
  for (let length = parts.length; length > 0; length -= 1) {
    const base = beginning + parts.slice(0, length).join('/');
    const found = paths.first([`${base}.rs`, `${base}/mod.rs`]);
    if (found.length > 0) return found;
  }
  return [];
}
