import type { FenceOpening } from '../fenced-block.ts';
import { languageOfInfo } from '../names/languages.ts';
import { isPlausiblePath, isTitledPath } from '../names/plausible-path.ts';

const attribute =
  /(?:^|[\s{,[(])(?:data-)?["']?(?:title|file|file[_-]?name|file[_-]?path|name|path|src|source|target|label|caption|location|output)["']?\s?[=:]\s?(?:"([^"]*)"|'([^']*)'|([^\s"'{},\])]+))/gi;

/** An attribute in the info string: `ts title="src/app.ts"`, `file=`, `{filename: src/app.ts}`. A title that is prose names nothing. */
export const infoAttribute = {
  name: 'info-attribute',
  nameOf: ({ info }: FenceOpening) => {
    if (info.length > 2000 || !/[=:]/.test(info)) return undefined;
    for (const match of info.matchAll(attribute)) {
      const path = (match[1] ?? match[2] ?? match[3]!).trim();
      if (isPlausiblePath(path) || (match[3] === undefined && isTitledPath(path)))
        return { path, language: languageOfInfo(info) ?? languageInBraces(info) };
    }
    return undefined;
  },
};

/** `{.python file=…}`, as in Pandoc. */
export function languageInBraces(info: string): string | undefined {
  const word = /^\{\s*\.([\w+#-]{1,40})/.exec(info)?.[1];
  return word === undefined ? undefined : languageOfInfo(word);
}
