import type { MapLanguage } from './map-language.ts';

const usingPattern = /^\s{0,8}(?:global )?using (?:static )?([\w.]{1,300});/;
const namespacePattern = /^\s{0,8}namespace ([\w.]{1,300})/;
const typePattern = /^\s{0,12}(?:[a-z]{1,20} )*(?:class|interface|enum|struct|record struct|record class|record) (\w{1,100})/;
const memberPattern = /^\s{0,12}(?:public|internal|protected) [^=;({]{1,200}\(/;

/** A `using` stands for the files that declare the namespace. */
export const cSharp: MapLanguage = {
  endings: ['cs'],
  scan: (lines, found) => {
    for (const line of lines) {
      const used = usingPattern.exec(line)?.[1];
      if (used !== undefined) found.addImport(used);
      const namespace = namespacePattern.exec(line)?.[1];
      if (namespace !== undefined) found.provide(`namespace ${namespace}`);
      const member = memberPattern.test(line) ? /(\w{1,100})\($/.exec(line.slice(0, line.indexOf('(') + 1))?.[1] : undefined;
      const name = typePattern.exec(line)?.[1] ?? member;
      if (name !== undefined) found.addName(name);
    }
  },
  resolve: (specifier, _from, paths) => paths.provided(`namespace ${specifier}`),
};
