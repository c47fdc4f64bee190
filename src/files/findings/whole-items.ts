import { checkSyntax } from '../syntax/check-syntax.ts';
import type { SourceFile } from './code-finding.ts';

/** Counted from the end; a file that broke off further up is not worth keeping. */
const mostCuts = 40;
/** What may be left open around whole items: a class, a group of tests, or both. */
const endings = ['', '}\n', '});\n', '}\n}\n', '});\n});\n'];

/**
 * For a file that breaks off: everything up to its last whole item (a function, a class, a test), with what was open around it closed. Undefined if no such
 * part parses, and for files whose syntax is not checked.
 */
export async function wholeItems({ path, content }: SourceFile): Promise<string | undefined> {
  const lines = content.split('\n');
  let cuts = 0;
  // The last line is where it breaks off, even if what stands there parses.
  const last = lines.findLastIndex((line) => line.trim() !== '');
  for (let end = last; end > 0 && cuts < mostCuts; end -= 1) {
    const isBetween = lines[end]?.trim() === '' || /^\S/.test(lines[end] ?? '');
    if (!isBetween || lines[end - 1]?.trim() === '') continue;
    cuts += 1;
    const kept = `${lines.slice(0, end).join('\n')}\n`;
    for (const ending of endings) {
      const check = await checkSyntax({ path, content: Buffer.from(kept + ending) });
      if (check.kind === 'unchecked') return undefined;
      if (check.found === 0) return kept + ending;
    }
  }
  return undefined;
}
