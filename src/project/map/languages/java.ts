import type { MapLanguage } from './map-language.ts';

const packagePattern = /^package ([\w.]{1,300})/;
const importPattern = /^import (?:static )?([\w.]{1,300})(\*)?/;
const typePattern = /^\s{0,8}(?:[a-z-]{1,20} )*(?:class|interface|enum|record|object|trait|@interface) (\w{1,100})/;
const functionPattern = /^\s{0,8}(?:[a-z]{1,20} )*(?:fun|def|val) (\w{1,100})/;
const methodPattern = /^\s{1,8}(?:public|protected) [^=;({]{1,200}\(/;

/** Packages as the files themselves declare them, so that it does not matter where sources begin. Kotlin, Scala and Groovy say it in the same way. */
export const java: MapLanguage = {
  endings: ['java', 'kt', 'kts', 'scala', 'groovy'],
  scan: (lines, found) => {
    let belongsTo = '';
    for (const line of lines) {
      const name = packagePattern.exec(line)?.[1];
      if (name !== undefined) {
        belongsTo = `${name}.`;
        found.provide(`package ${name}`);
        continue;
      }
      const used = importPattern.exec(line);
      if (used !== null) found.addImport(used[1]! + (used[2] ?? ''));
      const type = typePattern.exec(line)?.[1];
      if (type !== undefined) {
        found.addName(type);
        found.provide(`type ${belongsTo}${type}`);
        continue;
      }
      const method = methodPattern.test(line) ? /(\w{1,100})\($/.exec(line.slice(0, line.indexOf('(') + 1))?.[1] : undefined;
      const other = method ?? functionPattern.exec(line)?.[1];
      if (other !== undefined) found.addName(other);
    }
  },
  resolve: (specifier, _from, paths) => {
    if (specifier.endsWith('.*')) return paths.provided(`package ${specifier.slice(0, -2)}`);
    const type = paths.provided(`type ${specifier}`);
    // A static import names a member of a type.
    return type.length > 0 ? type : paths.provided(`type ${specifier.slice(0, Math.max(0, specifier.lastIndexOf('.')))}`);
  },
};
