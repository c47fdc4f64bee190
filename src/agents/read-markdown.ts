import { basename, join, relative, sep } from 'node:path';
import type { z } from 'zod';
import { problemsOfValue } from '../config/read-values.ts';
import { parseSettingsDocument } from '../config/settings-document.ts';
import { compiledDefinition } from '../utils/compiled-definition.ts';
import { type DefinitionFolder, readDefinition } from '../utils/definition-folder.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { shownName } from '../utils/printable.ts';
import { unreadableReason } from '../utils/describe-error.ts';

const sources = join(import.meta.dirname, '..');

const frontMatter = /^---\n(?:(?<front>.*?)\n)?---(?:\n(?<body>.*))?$/s;

/**
 * Reads and checks Markdown that begins with front matter. What the build has read of the program's own roles is taken from there.
 * @throws MultiagentError `role.invalid`, with every problem and its line.
 */
export function readMarkdown<Schema extends z.ZodType>(
  path: string,
  { within }: Pick<DefinitionFolder, 'within'>,
  schema: Schema,
): { front: z.output<Schema>; body: string } {
  const compiled = compiledDefinition(relative(sources, path).replaceAll(sep, '/'));
  if (compiled !== undefined) return compiled as { front: z.output<Schema>; body: string };
  let text: string;
  try {
    text = readDefinition(path, { within })
      .replace(/^\uFEFF/, '')
      .replaceAll('\r\n', '\n');
  } catch (error) {
    throw invalidRole(path, [unreadableReason(error)], error);
  }
  const found = frontMatter.exec(text)?.groups;
  if (found === undefined && text.startsWith('---\n'))
    throw invalidRole(path, ['line 1: the front matter begins here and does not end; put a line of three hyphens (---) below it']);
  const { front = '', body = '' } = found ?? { body: text };
  const document = parseSettingsDocument(front);
  const value = document.value ?? {};
  const problems = [
    // The front matter begins on the second line.
    ...document.problems.map(({ line, text: problem }) => ({ line: line + 1, problem })),
    ...(document.problems.length > 0 ? [] : problemsOfValue({ schema, secret: false, told: 'is not known here' }, value, [])).map(
      ({ written, text: problem }) => ({ line: document.lineOf(written) + 1, problem }),
    ),
  ];
  if (/[^\P{Cc}\n\t]/u.test(body)) problems.push({ line: 1, problem: 'the text holds control characters' });
  if (problems.length > 0)
    throw invalidRole(
      path,
      problems.map(({ line, problem }) => `line ${line}: ${problem.trim()}`),
    );
  return { front: schema.parse(value), body };
}

/** What is wrong with the file of a role. */
export function invalidRole(path: string, problems: readonly string[], cause?: unknown): MultiagentError {
  const [only = ''] = problems;
  return new MultiagentError({
    category: 'usage',
    code: 'role.invalid',
    message: `${shownName(path)} cannot be used as a role: ${problems.length === 1 ? only : `\n  ${problems.join('\n  ')}`}.`,
    hint: `Correct ${shownName(basename(path))}, or move it away.`,
    cause,
  });
}
