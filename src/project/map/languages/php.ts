import type { MapLanguage } from './map-language.ts';
import { beginningsAbove, folderOf, joinBelow } from './project-paths.ts';

const usePattern = /^\s{0,8}use (?:function |const )?\\?([\w\\]{1,300})/;
const requirePattern = /\b(?:require|include)(?:_once)?\b[^'"]{0,80}['"]([^'"]{1,300})['"]/;
const namespacePattern = /^\s{0,4}namespace ([\w\\]{1,300})/;
const typePattern = /^\s{0,8}(?:(?:abstract|final|readonly) )*(?:class|interface|trait|enum) (\w{1,100})/;
const functionPattern = /^\s{0,8}(?:(?:public|static|final|abstract) )*function &?(\w{1,100})/;

/** Classes as the files declare them, and files that are required by path. */
export const php: MapLanguage = {
  endings: ['php'],
  scan: (lines, found) => {
    let namespace = '';
    for (const line of lines) {
      const declared = namespacePattern.exec(line)?.[1];
      if (declared !== undefined) namespace = `${declared}\\`;
      const used = usePattern.exec(line)?.[1];
      if (used !== undefined) found.addImport(used);
      const required = requirePattern.exec(line)?.[1];
      if (required !== undefined) found.addImport(`./${required}`);
      const type = typePattern.exec(line)?.[1];
      if (type !== undefined) found.provide(`class ${namespace}${type}`);
      const name = type ?? functionPattern.exec(line)?.[1];
      if (name !== undefined) found.addName(name);
    }
  },
  resolve: (specifier, from, paths) => {
    if (!specifier.startsWith('./')) return paths.provided(`class ${specifier}`);
    return paths.first(beginningsAbove(folderOf(from)).flatMap((beginning) => joinBelow(beginning.replace(/\/$/, ''), specifier) ?? []));
  },
};
