import { linesOf, withoutEnding } from '../edits/lines-of.ts';
import type { FileName, PackedFile } from '../file-format.ts';
import { isShellLanguage, isTalkLanguage, languageOfInfo } from '../names/languages.ts';
import { isPlausiblePath } from '../names/plausible-path.ts';
import { type FencedBlock, rangeWithin } from '../fenced-block.ts';

/** The start of the document, with the word that ends it. */
const start = /<<-?\s*(["']?)(\w+)\1/;
/** The command around it: it prints to a file, or copies to one. */
const writes = [
  /^(?:sudo )?cat\s*>\|?\s*(["']?)([^\s"'<>|&;]+)\1$/,
  /^(?:sudo )?cat\s*\|\s*(?:sudo )?tee\s+(["']?)([^\s"'<>|&;-][^\s"'<>|&;]*)\1$/,
  /^(?:sudo )?tee\s*(?:>\s*)?(["']?)([^\s"'<>|&;-][^\s"'<>|&;]*)\1$/,
];

/** Commands of a shell that write files: `cat > src/app.py <<'EOF'`, the file, `EOF`. A block with a name is a script. */
export const hereDocument = {
  name: 'here-document',
  filesOf(block: FencedBlock, name: FileName | undefined): PackedFile[] | undefined {
    const language = languageOfInfo(block.info);
    const isShell = language === undefined ? block.info === '' : isShellLanguage(language) || isTalkLanguage(language);
    if (name !== undefined || !isShell || !block.content.includes('<<') || block.content.startsWith('#!')) return undefined;
    const files = filesIn(block);
    return files.length === 0 ? undefined : files;
  },
};

function filesIn(block: FencedBlock): PackedFile[] {
  const files: PackedFile[] = [];
  let offset = 0;
  let open: { path: string; end: string; isQuoted: boolean; start: number } | undefined;
  for (const line of linesOf(block.content)) {
    const text = withoutEnding(line);
    if (open === undefined) open = opened(text, offset + line.length);
    else if (text.trim() === open.end) {
      const raw = block.content.slice(open.start, offset);
      const content = open.isQuoted ? raw : raw.replaceAll(/\\([$`\\])/g, '$1');
      files.push({ path: open.path, change: { kind: 'whole' }, content, range: rangeWithin(block, open.start, offset) });
      open = undefined;
    }
    offset += line.length;
  }
  return files;
}

function opened(line: string, contentStart: number): { path: string; end: string; isQuoted: boolean; start: number } | undefined {
  if (line.length > 1000 || !line.includes('<<')) return undefined;
  const document = start.exec(line);
  if (document === null) return undefined;
  const [whole, quote, end] = document as unknown as [string, string, string];
  // Commands before it on the line, such as creating the folder, write nothing.
  const before = line.slice(0, document.index).split(/&&|;/).at(-1)!;
  const command = `${before} ${line.slice(document.index + whole.length)}`
    .replaceAll(/2>&1|> {0,3}\/dev\/null/g, '')
    .trim()
    .replace(/^[$#>] /, '');
  for (const pattern of writes) {
    const path = pattern.exec(command)?.[2];
    if (path !== undefined) return isPlausiblePath(path) ? { path, end, isQuoted: quote !== '', start: contentStart } : undefined;
  }
  return undefined;
}
