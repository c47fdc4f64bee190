import type { MapLanguage } from './map-language.ts';

/** Files that say what the code beside and below them is called. */
export const manifest: MapLanguage = {
  endings: ['package.json', 'go.mod', 'cargo.toml'],
  scan: (lines, found) => {
    for (const line of lines) {
      const npm = /^ {0,8}"name": ?"([^"\s]{1,200})"/.exec(line)?.[1];
      const go = /^module (\S{1,300})/.exec(line)?.[1];
      const crate = /^name = "([\w-]{1,200})"/.exec(line)?.[1];
      const key =
        npm === undefined
          ? go === undefined
            ? crate === undefined
              ? undefined
              : `crate ${crate.replaceAll('-', '_')}`
            : `go ${go}`
          : `npm ${npm}`;
      // The first one: `name` may stand again for an author or a target.
      if (key !== undefined) {
        found.provide(key);
        return;
      }
    }
  },
};
