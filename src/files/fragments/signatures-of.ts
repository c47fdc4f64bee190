import { eachLine, withoutEnding } from '../edits/lines-of.ts';
import type { OutlineEntry } from './outline.ts';
import { fragmentGrammarOf, readOutline } from './read-outline.ts';

const longest = 200;

/**
 * What a file defines, a line each and without bodies; what stands in a class is indented. Empty for a language whose grammar is not known, and for a file that
 * does not parse.
 */
export async function signaturesOf({ path, content }: { path: string; content: string }): Promise<string[]> {
  const grammar = fragmentGrammarOf(path);
  const outline = grammar && (await readOutline(content, grammar));
  return outline === undefined ? [] : linesOf(outline.entries, content, '');
}

function linesOf(entries: readonly OutlineEntry[], text: string, indent: string): string[] {
  return entries.flatMap((entry) => {
    switch (entry.kind) {
      case 'container':
        return [`${indent}${shortened(entry.header)}`, ...linesOf(entry.entries, text, `${indent}  `)];
      case 'definition':
        return [`${indent}${shortened(firstLine(text.slice(entry.core, entry.end)))}`];
      default:
        return [];
    }
  });
}

function firstLine(text: string): string {
  for (const line of eachLine(text)) return withoutEnding(line);
  return '';
}

function shortened(line: string): string {
  const bare = line.replace(/\s?\{$/, '').trim();
  return bare.length <= longest ? bare : `${bare.slice(0, longest).toWellFormed()} …`;
}
