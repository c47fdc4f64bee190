import type { MapLanguage } from './map-language.ts';
import { folderOf } from './project-paths.ts';

const onePattern = /^import (?:[\w.]{1,100} )?"([^"\s]{1,300})"/;
const itemPattern = /^\s{1,8}(?:[\w.]{1,100} )?"([^"\s]{1,300})"/;
const definitionPattern = /^(?:func (?:\([^)]{1,200}\) )?|type |var |const )([\p{L}_]\w{0,100})/u;

/** An import is a folder: the module's path from `go.mod`, and what follows it. */
export const go: MapLanguage = {
  endings: ['go'],
  scan: (lines, found) => {
    let within = false;
    for (const line of lines) {
      const specifier = within ? itemPattern.exec(line)?.[1] : onePattern.exec(line)?.[1];
      if (specifier !== undefined) found.addImport(specifier);
      if (line.startsWith('import (')) within = true;
      else if (within && line.startsWith(')')) within = false;
      const name = definitionPattern.exec(line)?.[1];
      if (name !== undefined) found.addName(name);
    }
  },
  resolve: (specifier, _from, paths) => {
    const parts = specifier.split('/', 40);
    for (let length = parts.length; length > 0; length -= 1) {
      const [module] = paths.provided(`go ${parts.slice(0, length).join('/')}`);
      if (module === undefined) continue;
      const folder = [folderOf(module), ...parts.slice(length)].filter((part) => part !== '').join('/');
      return paths.inFolder(folder).filter((path) => path.endsWith('.go') && !path.endsWith('_test.go'));
    }
    return [];
  },
};
