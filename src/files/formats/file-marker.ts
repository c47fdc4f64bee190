import type { FenceOpening } from '../fenced-block.ts';
import type { FileName } from '../file-format.ts';
import { languageOfInfo } from '../names/languages.ts';
import { plainLine, withoutLead } from '../names/plain-line.ts';
import { claimedPath, drawnText, framedText } from '../names/claimed-path.ts';

interface FileMarker {
  style: 'bold' | 'backticked' | 'bare' | 'path' | 'change';
  path: string;
}

/** Words before a name, in the languages that models answer in most. */
const labels = [
  '(?:new |updated? |full |complete |final |target |output )?file(?:\\s?name|\\s?path)?',
  '(?:full |relative |absolute |project )?path|change|create|update|edit|modify|module|script|code|source(?: file)?|save as|location',
  '(?:neue )?datei(?:name|pfad)?|fichier|chemin|nom du fichier|archivo|ruta|arquivo|caminho|percorso|nome del file',
  'файл|имя файла|путь|plik|bestand(?:snaam)?|dosya|fil|soubor|tiedosto|fájl|tệp|berkas',
  '(?:新)?文件(?:名|路径)?|檔案(?:名稱)?|路径|代码|ファイル(?:名|パス)?|パス|파일(?:명|\\s?이름|\\s?경로)?|경로|ملف',
].join('|');
/**
 * A label on a line of its own that says which file follows. It may be numbered, and the bullet or number of a list or the marks of a heading may precede it.
 */
const marker = new RegExp(
  `^(\\*\\*|__)?[*_]?\\s*(${labels})(?:\\s*#?\\d{1,3})?(?:\\*\\*|__)?\\s*(?::|=|\\s[-–—]\\s|\\s(?=[\`"]))\\s*(\\S.*)$`,
  'i',
);

function parseMarker(line: string): FileMarker | undefined {
  if (line.length > 1000) return undefined;
  const plain = withoutLead(plainLine(line));
  const match = marker.exec(withoutEdge(framedText(drawnText(plain)?.text ?? plain)));
  if (match === null) return undefined;
  const [, bold, label, rest] = match as unknown as [string, string | undefined, string, string];
  const value = rest.replace(/^(?:\*\*|__)\s*/, '');
  const path = claimedPath(value.replace(/(?:\*\*|__|(?<!\*)\*|(?<!_)_)$/, ''));
  if (path === undefined) return undefined;
  if (label.toLowerCase() === 'change') return { style: 'change', path };
  if (bold !== undefined) return { style: 'bold', path };
  if (/path$/i.test(label) && !/^\S*file/i.test(label)) return { style: 'path', path };
  return { style: value.startsWith('`') ? 'backticked' : 'bare', path };
}

/** `BEGIN FILE: src/app.py`. */
function withoutEdge(text: string): string {
  return text.replace(/^(?:begin|start)(?: of)? (?=file\b)/i, '');
}

/** The path in a line that is such a label. Undefined for any other line. */
export function pathOfMarker(line: string): string | undefined {
  return parseMarker(line)?.path;
}

/** One answer serves all styles. */
const known = new WeakMap<readonly string[], FileMarker | 'none'>();

function nearestMarker(leading: readonly string[]): FileMarker | undefined {
  let found = known.get(leading);
  if (found === undefined) {
    found = 'none';
    for (const line of leading.toReversed()) {
      found = parseMarker(line) ?? 'none';
      if (found !== 'none') break;
    }
    known.set(leading, found);
  }
  return found === 'none' ? undefined : found;
}

/** The marker need not be directly before the fence: a sentence about the file may come between them. The nearest marker counts. */
function nameByMarker(style: FileMarker['style']): (opening: FenceOpening) => FileName | undefined {
  return ({ info, leading }) => {
    const found = nearestMarker(leading);
    return found?.style === style ? { path: found.path, language: languageOfInfo(info) } : undefined;
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

/** `CHANGE: src/app.py`, as above edits. */
export const changeLine = { name: 'change-line', nameOf: nameByMarker('change') };
