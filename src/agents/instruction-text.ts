import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describeError } from '../utils/describe-error.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';

/** `full` for models with room and patience for detail, `brief` for smaller ones, `plain` for models that need one sentence about the thing to be delivered. */
export type InstructionLength = 'full' | 'brief' | 'plain';

/** The settings of one role as the configuration holds them: texts, numbers or lists of these. */
export type RoleSettings = Readonly<Record<string, unknown>>;

/** One Markdown file of instructions: the brief form in its front matter, the full form as its body. */
export interface InstructionText extends Readonly<Record<InstructionLength, string>> {
  /** What the built-in workflows call this step; absent where the file belongs to no step. */
  readonly description?: string | undefined;
  /** What the text asks for; absent where the file belongs to no step. */
  readonly expects?: string | undefined;
}

const frontMatter = /^---\n(?<front>.*?)\n---\n(?<body>.*)$/s;

/** @throws MultiagentError `instructions.unreadable`: the file is missing or is not what it should be. */
export function readInstructionText(path: string): InstructionText {
  try {
    const { front = '', body = '' } = frontMatter.exec(readFileSync(path, 'utf8').replaceAll('\r\n', '\n'))?.groups ?? {};
    const { brief, plain, description, expects } = (parse(front) ?? {}) as Record<string, unknown>;
    if (typeof brief !== 'string') throw new Error('the front matter has no brief form');
    return {
      brief: brief.trim(),
      // Where nothing shorter is to be said, the brief form serves.
      plain: (typeof plain === 'string' ? plain : brief).trim(),
      full: body.trim(),
      ...(typeof description === 'string' ? { description } : {}),
      ...(typeof expects === 'string' ? { expects } : {}),
    };
  } catch (error) {
    throw new MultiagentError({
      code: 'instructions.unreadable',
      message: `The instructions in ${path} cannot be used: ${describeError(error).message}.`,
      hint: 'The file belongs to the program: install the program again.',
      cause: error,
    });
  }
}

/** Puts settings in place of `{{name}}`. A line that has such places and nothing to put into any of them is left out. */
export function fillInstruction(text: string, settings: RoleSettings): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const values = [...line.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => settingText(settings[name ?? '']));
      if (values.length > 0 && values.every((value) => value === '')) return [];
      return [line.replaceAll(/\{\{\w+\}\}/g, () => values.shift() ?? '')];
    })
    .join('\n')
    .trim();
}

function settingText(value: unknown): string {
  if (Array.isArray(value))
    return value
      .map(settingText)
      .filter((text) => text !== '')
      .join(', ');
  // A setting fills a place within a line: a line break in it would change the structure around it.
  return typeof value === 'string' || typeof value === 'number' ? String(value).replaceAll(/\s+/g, ' ').trim() : '';
}
