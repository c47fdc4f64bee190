import type { FenceOpening } from '../scan/fenced-block.ts';
import { languageOfInfo } from '../names/languages.ts';
import { isPlausiblePath } from '../names/plausible-path.ts';

const attribute = /(?:^|[\s{,])(?:title|file|filename|filepath|name|path)=(?:"([^"]*)"|'([^']*)'|([^\s"'{},]+))/i;

/** An attribute in the info string: `ts title="src/app.ts"`, `file=`, `filename=`. A title that is prose names nothing. */
export const infoAttribute = {
  name: 'info-attribute',
  nameOf: ({ info }: FenceOpening) => {
    const match = attribute.exec(info);
    const path = match?.[1] ?? match?.[2] ?? match?.[3];
    return path !== undefined && isPlausiblePath(path) ? { path, language: languageOfInfo(info) } : undefined;
  },
};
