import type { FenceOpening } from '../fenced-block.ts';
import { isLanguage } from '../names/languages.ts';
import { isTitledPath } from '../names/plausible-path.ts';
import { claimedPath } from '../names/claimed-path.ts';

/** Words before the colon that announce a path and are not a language. */
const labels = new Set(['file', 'filename', 'filepath', 'path']);

/** The info string `python:src/app.py`, also with spaces after the colon. */
export const languagePath = {
  name: 'language-path',
  nameOf: ({ info }: FenceOpening) => {
    const match = /^([A-Za-z][A-Za-z0-9+#_-]{0,30}):(?!\/\/)(.+)$/.exec(info);
    if (match === null) return undefined;
    const [, word, rest] = match as unknown as [string, string, string];
    const path = claimedPath(rest) ?? (isTitledPath(rest.trim()) ? rest.trim() : undefined);
    if (path === undefined) return undefined;
    const language = word.toLowerCase();
    if (labels.has(language)) return { path };
    // `Authorization: …` and the like are not languages; an unknown language is written in lower case.
    return isLanguage(language) || language === word ? { path, language } : undefined;
  },
};
