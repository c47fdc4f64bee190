import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { printableLine, shorten } from '../../utils/printable.ts';

export interface ParsedSkill {
  name: string;
  /** One line. */
  description: string;
  /** Markdown, without empty lines around it. */
  body: string;
}

const skillSchema = z.object({
  name: z
    .string({ error: 'the front matter names no name (name: release-notes)' })
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, {
      error: 'the name has to consist of lower-case letters, digits and hyphens (name: release-notes)',
    })
    .max(64, { error: 'the name has more than 64 characters' }),
  description: z
    .string({ error: 'the front matter names no description (description: How we write release notes)' })
    .trim()
    .min(1, { error: 'the description is empty' })
    .transform((text) => text.replaceAll(/\s+/g, ' ')),
});

/** The parts of a `SKILL.md`, or what is wrong with it: the end of a sentence, and the line, counted from 1. Other fields of the front matter mean nothing here. */
export function parseSkill(text: string): ParsedSkill | { problem: string; line: number } {
  const lines = text.split('\n');
  const isFence = (line: string) => line.trimEnd() === '---';
  if (!isFence(lines[0] ?? '')) return { problem: 'it does not begin with front matter between two lines of three hyphens (---)', line: 1 };
  const end = lines.findIndex((line, index) => index > 0 && isFence(line));
  if (end === -1) return { problem: 'the front matter begins here and does not end', line: 1 };
  const front = lines.slice(1, end);
  const lineCounter = new LineCounter();
  const document = parseDocument(front.join('\n'), { lineCounter, prettyErrors: false });
  const [error] = document.errors;
  // The front matter begins on the second line.
  if (error !== undefined) return { problem: shorten(printableLine(error.message), 200), line: lineCounter.linePos(error.pos[0]).line + 1 };
  let value: unknown;
  try {
    // They have no use here, and can expand without bound.
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    return { problem: 'the front matter uses aliases', line: 2 };
  }
  const read = skillSchema.safeParse(value ?? {});
  if (read.success)
    return {
      ...read.data,
      body: lines
        .slice(end + 1)
        .join('\n')
        .trim(),
    };
  const [issue] = read.error.issues;
  const [field] = issue!.path;
  const at = front.findIndex((line) => line.startsWith(`${String(field)}:`));
  return {
    problem: field === undefined ? 'the front matter holds no names with values (name: release-notes)' : issue!.message,
    line: at + 2,
  };
}
