import type { FenceOpening } from '../fenced-block.ts';
import { isLanguage, words } from '../names/languages.ts';
import { isPlausiblePath } from '../names/plausible-path.ts';
import { plainLine } from '../names/plain-line.ts';
import { languageInBraces } from './info-attribute.ts';

/** Words in an info string beside a language and a path that say nothing about either. */
const fillers = new Set(
  words(
    'create created creating new add added update updated modify modified edit edited overwrite replace rewrite write save saved file',
    'filename filepath path title name copy source code full complete whole unchanged existing numberlines linenos shownumbers',
    'showlinenumbers line-numbers wrap nocopy editable runnable start end as in to line lines',
  ),
);
const longest = 1000;

/**
 * Any other spelling in which an info string contains a language and a path: `save src/app.py`, `python:create:src/app.py`, `src/app.py python`, `{.python
 * #src/app.py}`, `python [src/app.py]`, `python:src/app.py:10-20`, `python # src/app.py`. With any other word it is something else.
 */
export const infoWords = {
  name: 'info-words',
  nameOf: ({ info }: FenceOpening) => {
    if (info === '' || info.length > longest || /:\/\/|\{\{|\$\{|<\w+>\.|\*\./.test(info)) return undefined;
    let path: string | undefined;
    let language: string | undefined;
    for (const word of wordsOf(plainLine(info))) {
      if (isFiller(word)) continue;
      const named = path === undefined && !isLanguage(word.replace(/^\./, '')) ? pathOfWord(word) : undefined;
      if (named !== undefined) path = named;
      else if (language === undefined && isLanguage(word.replace(/^\./, ''))) language = word.replace(/^\./, '').toLowerCase();
      else return undefined;
    }
    return path === undefined ? undefined : { path, language: language ?? languageInBraces(info) };
  },
};

/** Removes braces, brackets and quotes around words, and splits at the signs between them. */
function wordsOf(info: string): string[] {
  const parts = info.match(/"[^"]*"|'[^']*'|`[^`]*`|\{[.#\w/\\ -]*[^{}.#\w/\\ -][^{}]*\}|[^\s"'`]+/g) ?? [];
  return parts.flatMap((part) => {
    const quoted = /^(["'`]|\*\*|__)(.+)\1$/.exec(part)?.[2];
    if (quoted !== undefined) return [quoted];
    if (isOnePath(part) && !/^[[({<#]/.test(part)) return [part];
    const bare = withoutBrackets(part);
    return isOnePath(bare) ? [bare] : bare.split(/[:|;,=@<>{}]+/).map(withoutBrackets);
  });
}

/** Whether it is one path, and not `python;src/app.py`, which looks like one. */
function isOnePath(part: string): boolean {
  return isPlausiblePath(part) && !isLanguage(part.split(';', 1)[0]!);
}

function withoutBrackets(word: string): string {
  return word.replace(/^[[({<]{1,3}/, '').replace(/[\])}>]{1,3}$/, '');
}

function isFiller(word: string): boolean {
  return (
    word === '' || /^[-–—#/>*|:.~=]+$/.test(word) || /^[#(]?L?\d{1,9}(?:[-,:]L?\d{1,9})*\)?$/i.test(word) || fillers.has(word.toLowerCase())
  );
}

/** `#src/app.py` as an identifier, `src/app.py#L10-L20` with lines. */
function pathOfWord(word: string): string | undefined {
  const name = word.replace(/^#(?=.)/, '').replace(/#L\d{1,9}(?:-L?\d{1,9})?$/i, '');
  return !isLanguage(name) && isPlausiblePath(name) ? name : undefined;
}
