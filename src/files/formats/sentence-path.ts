import type { FenceOpening } from '../fenced-block.ts';
import { announcesFile, announcesPiece, announcesUse } from '../names/announcements.ts';
import { languageOfInfo } from '../names/languages.ts';
import { isPlausiblePath } from '../names/plausible-path.ts';
import { isRule, plainLine, withoutLead } from '../names/plain-line.ts';
import { contradicts } from './contradicts.ts';
import { trimEndOf } from '../../utils/trim-end-of.ts';

const longest = 300;
/** ``Update `src/app.py` so:``: what follows is the new version of the file. */
const changesAll =
  /^(?:now |then |next,? |also |please |first,? |finally,? )*(?:modify|update|change|edit|rewrite|adjust|extend)(?: the)?(?: file)? *(?: as follows| like this| so| to| with (?:this|the following)(?: code| contents?)?)?:\**$/i;

/** The line before the fence is a sentence that announces the only file that it names: ``Create `src/app.py` with this content:``. */
export const sentencePath = {
  name: 'sentence-path',
  nameOf: ({ info, leading }: FenceOpening) => {
    const line = leading.findLast((text) => !isRule(text));
    const path = line === undefined || line.length > longest ? undefined : pathIn(plainLine(line), leading);
    const language = languageOfInfo(info);
    return path === undefined || contradicts(language, path) ? undefined : { path, language };
  },
};

function pathIn(line: string, leading: readonly string[]): string | undefined {
  const found = setOff(line) ?? standing(line);
  if (found === undefined) return undefined;
  const { path, rest, manner } = found;
  if (announcesUse(rest)) return undefined;
  if (announcesPiece(rest) && !changesAll.test(withoutLead(rest.trim()))) return undefined;
  if (manner === 'set off') {
    const isHeading = /^#{1,6}\s/.test(line) || (/^\*\*.*\*\*$/.test(line) && leading.length > 0);
    return endsWithColon(line) || isHeading || announcesFile(rest) ? path : undefined;
  }
  return endsWithColon(line) && announcesFile(rest) ? path : undefined;
}

function endsWithColon(line: string): boolean {
  return /:[*_`"'\s]*(?:[→↓⬇👇]\s*)*$/u.test(line);
}

interface NamedInLine {
  path: string;
  /** The line without the path. */
  rest: string;
  manner: 'set off' | 'bare';
}

const quotes = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|"([^"]+)"|__([^_].{0,300}?)__|\[([^\]]{1,300})\]\([^()\s]*\)/g;

/** The only path in backticks, bold or quotes. Undefined if there is none, or if there are several. */
function setOff(line: string): NamedInLine | undefined {
  const paths = [...line.matchAll(quotes)].flatMap((match) => {
    const text = match.slice(1).find((group) => group !== undefined)!;
    const path = text.replace(/:$/, '').replaceAll('`', '').trim();
    return isPlausiblePath(path) ? [{ path, whole: match[0] }] : [];
  });
  const [first, ...others] = paths;
  if (first === undefined || others.some(({ path }) => path !== first.path)) return undefined;
  return { path: first.path, rest: line.replaceAll(first.whole, ' '), manner: 'set off' };
}

/** The only path among the words. */
function standing(line: string): NamedInLine | undefined {
  const paths = line
    .split(/[\s,;()]+/)
    .map((word) => trimEndOf(word.replace(/^[*_"'`]+/, ''), /[*_"'`:.]/))
    .filter((word) => /\w[./]\w/.test(word) && isPlausiblePath(word));
  const [path, ...others] = paths;
  return path === undefined || others.some((other) => other !== path)
    ? undefined
    : { path, rest: line.replaceAll(path, ' '), manner: 'bare' };
}
