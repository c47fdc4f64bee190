import type { MapLanguage } from './map-language.ts';
import { beginningsAbove, folderOf, joinBelow } from './project-paths.ts';

const requirePattern = /^\s{0,8}(require|require_relative|load) \(?['"]([^'"\s]{1,300})['"]/;
const definitionPattern = /^\s{0,12}(?:class|module|def) (?:self\.)?([\w:]{1,100}[?!]?)/;

/** What is required is looked for in the folders above, and there in `lib`. */
export const ruby: MapLanguage = {
  endings: ['rb', 'rake'],
  scan: (lines, found) => {
    for (const line of lines) {
      const required = requirePattern.exec(line);
      if (required !== null) found.addImport(required[1] === 'require_relative' ? `./${required[2]!}` : required[2]!);
      const name = definitionPattern.exec(line)?.[1];
      if (name !== undefined) found.addName(name.slice(name.lastIndexOf(':') + 1));
    }
  },
  resolve: (specifier, from, paths) => {
    const beginnings = specifier.startsWith('.')
      ? [`${folderOf(from)}/`]
      : beginningsAbove(folderOf(from)).flatMap((beginning) => [`${beginning}lib/`, beginning]);
    return paths.first(
      beginnings.flatMap((beginning) => {
        const path = joinBelow(beginning.replace(/\/$/, ''), specifier);
        return path === undefined ? [] : [`${path}.rb`, path];
      }),
    );
  },
};
