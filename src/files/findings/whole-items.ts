import { checkSyntax } from '../syntax/check-syntax.ts';
import type { SourceFile } from './code-finding.ts';

/** From the end; what broke off further above is no file any more. */
const mostCuts = 40;
/** What may be open around whole items: a class, a group of tests, both. */
const endings = ['', '}\n', '});\n', '}\n}\n', '});\n});\n'];

/**
 * Of a file that breaks off: all up to its last whole item (a function, a class, a test), with what was open around it closed. Undefined where no such part
 * parses, and for files whose syntax nobody checks.
 */
export async function wholeItems({ path, content }: SourceFile): Promise<string | undefined> {
  const lines = content.split('\n');
  let cuts = 0;
  for (let end = lines.length - 1; end > 0 && cuts < mostCuts; end -= 1) {
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
