import type { FenceOpening } from '../scan/fenced-block.ts';
import { languageOfInfo } from '../names/languages.ts';
import { isPlausiblePath } from '../names/plausible-path.ts';
import { contradicts } from './contradicts.ts';

/** Words of a sentence that announces a whole file, and of one that announces a piece of it. */
const announcesFile =
  /\b(?:creat(?:e|ed|ing)|sav(?:e|ed)|named|called|contents?|complete|full|entire|new file|put this in|goes (?:in|into))\b/i;
const announcesPiece =
  /\b(?:chang(?:e|es)|modif(?:y|ies)|replac(?:e|es)|find|snippet|lines?|section|part|excerpt|import|run|output|usage|example)\b/i;

/** The line before the fence is a sentence that announces the one file that it names: ``Create `src/app.py` with this content:``. */
export const sentencePath = {
  name: 'sentence-path',
  nameOf: ({ info, leading }: FenceOpening) => {
    const line = leading.at(-1);
    if (line === undefined || line.length > 300 || !/:\**$/.test(line)) return undefined;
    const quoted = [...line.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*/g)].map((match) => match[1] ?? match[2]!.replace(/:$/, ''));
    const [path, ...others] = quoted.filter((text) => isPlausiblePath(text));
    if (path === undefined || others.length > 0 || !announcesFile.test(line) || announcesPiece.test(line)) return undefined;
    const language = languageOfInfo(info);
    return contradicts(language, path) ? undefined : { path, language };
  },
};
