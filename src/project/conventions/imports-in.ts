/** An `@path` that stands alone on a line, as `CLAUDE.md` writes an import. */
const importLine = /^[ \t]*(?:[-*] )?@(?<path>[\w.~/-]{2,200})[ \t]*$/gm;
const most = 10;

/** The files that a text of conventions imports, each once. */
export function importsIn(text: string): string[] {
  return [...new Set([...text.matchAll(importLine)].map(({ groups }) => groups!['path']!))].slice(0, most);
}
