import type { MapLanguage } from './map-language.ts';
import { beginningsAbove, folderOf, joinBelow } from './project-paths.ts';

const sourcePattern = /^\s{0,12}(?:source|\.) (.{1,300})/;
const functionPattern = /^(?:function )?([\w-]{1,100}) ?\(\)/;

/** `source` of a file; a folder that the shell works out (`$(dirname "$0")/x.sh`, `$here/x.sh`) is that of the script or one above. */
export const shell: MapLanguage = {
  endings: ['sh', 'bash', 'zsh', 'ksh'],
  scan: (lines, found) => {
    for (const line of lines) {
      const words = sourcePattern.exec(line)?.[1]?.replaceAll(/["';]/g, '');
      const path =
        words === undefined
          ? undefined
          : /[\w.-][\w./-]{0,200}$/.exec((/\)(.{0,300})/.exec(words)?.[1] ?? words.split(' ')[0]!).replace(/^\$\{?\w{0,100}\}?/, ''))?.[0];
      if (path !== undefined) found.addImport(path);
      const name = functionPattern.exec(line)?.[1];
      if (name !== undefined) found.addName(name);
    }
  },
  resolve: (specifier, from, paths) =>
    paths.first(beginningsAbove(folderOf(from)).flatMap((beginning) => joinBelow(beginning.replace(/\/$/, ''), specifier) ?? [])),
};
