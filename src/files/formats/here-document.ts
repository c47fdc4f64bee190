import { linesOf, withoutEnding } from '../edits/lines-of.ts';
import type { FileName, PackedFile } from '../file-format.ts';
import { isShellLanguage, isTalkLanguage, languageOfInfo } from '../names/languages.ts';
import { isPlausiblePath } from '../names/plausible-path.ts';
import { type FencedBlock, rangeWithin } from '../fenced-block.ts';

const writes = [
  /^\s*(?:[$#>] )?(?:sudo )?cat\s*(>>?)\s*(["']?)([^\s"'<>|&;]+)\2\s*<<-?\s*(["']?)(\w+)\4\s*$/,
  /^\s*(?:[$#>] )?(?:sudo )?(?:cat|tee)()\s+<<-?\s*(["']?)(\w+)\2\s*>\s*(["']?)([^\s"'<>|&;]+)\4\s*$/,
  /^\s*(?:[$#>] )?(?:sudo )?tee()\s+(["']?)([^\s"'<>|&;-][^\s"'<>|&;]*)\2\s*<<-?\s*(["']?)(\w+)\4(?:\s*>\s*\/dev\/null)?\s*$/,
] as const;

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

function opened(line: string, start: number): { path: string; end: string; isQuoted: boolean; start: number } | undefined {
  if (line.length > 1000 || !line.includes('<<')) return undefined;
  for (const [index, pattern] of writes.entries()) {
    const match = pattern.exec(line);
    if (match === null || match[1] === '>>') continue;
    const [path, quote, end] = index === 1 ? [match[5]!, match[2]!, match[3]!] : [match[3]!, match[4]!, match[5]!];
    return isPlausiblePath(path) ? { path, end, isQuoted: quote !== '', start } : undefined;
  }
  return undefined;
}
