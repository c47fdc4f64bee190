import type { FenceOpening } from '../fenced-block.ts';
import type { FileName } from '../file-format.ts';
import { languageOfInfo } from '../languages.ts';
import { claimedPath } from './claimed-path.ts';

interface FileMarker {
  style: 'bold' | 'backticked' | 'bare' | 'path';
  path: string;
}

/** A label, on a line of its own, that says which file follows. A list's bullet or number and a heading's marks may stand before it. */
const marker = /^(?:[-*+]\s+|\d{1,3}[.)]\s+)?(?:#{1,6}\s+)?(\*\*)?\s*(file(?:\s?name|\s?path)?|path)(?:\*\*)?\s*:\s*(\S.*)$/i;

function parseMarker(line: string): FileMarker | undefined {
  const match = marker.exec(line);
  if (match === null) return undefined;
  const [, bold, label, rest] = match as unknown as [string, string | undefined, string, string];
  const value = rest.replace(/^\*\*\s*/, '');
  const path = claimedPath(value.replace(/\*\*$/, ''));
  if (path === undefined) return undefined;
  if (bold !== undefined) return { style: 'bold', path };
  if (label.toLowerCase() === 'path') return { style: 'path', path };
  return { style: value.startsWith('`') ? 'backticked' : 'bare', path };
}

/** The marker need not stand directly before the fence: a sentence about the file may come between. The nearest marker counts. */
function nameByMarker(style: FileMarker['style']): (opening: FenceOpening) => FileName | undefined {
  return ({ info, leading }) => {
    for (const line of leading.toReversed()) {
      const found = parseMarker(line);
      if (found !== undefined) return found.style === style ? { path: found.path, language: languageOfInfo(info) } : undefined;
    }
    return undefined;
  };
}

/** ``**File:** `src/app.py` ``, also without the backticks or with all of it bold. */
export const boldFileMarker = { name: 'bold-file-marker', nameOf: nameByMarker('bold') };

/** ``File: `src/app.py` ``. */
export const backtickedFileMarker = { name: 'backticked-file-marker', nameOf: nameByMarker('backticked') };

/** `File: src/app.py`. */
export const fileLine = { name: 'file-line', nameOf: nameByMarker('bare') };

/** `path: src/app.py`. */
export const pathLabel = { name: 'path-label', nameOf: nameByMarker('path') };
