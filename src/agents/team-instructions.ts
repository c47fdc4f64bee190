import { join } from 'node:path';
import { z } from 'zod';
import {
  fillInstruction,
  type InstructionLength,
  type InstructionText,
  instructionText,
  linesFor,
  type RolePreferences,
  type TestsInRun,
} from './instruction-text.ts';
import { jsonForm } from './json-form.ts';
import { readMarkdown } from './read-markdown.ts';
import type { Task } from './task.ts';
import { builtInRoles, type RoleCatalogue } from './role-catalogue.ts';

export interface RoleSectionOptions {
  role: string;
  length: InstructionLength;
  settings?: RolePreferences | undefined;
}

export interface TaskSectionOptions {
  /** Default: `written`. */
  tests?: TestsInRun | undefined;
  taskType: string;
  /** The acting role. Its instructions for the type of task override those of others. */
  role?: string | undefined;
  length: InstructionLength;
  /** The step's own words. They come first if they differ from those of the built-in workflows. */
  description: string;
  expects: Task['expects'];
  /** The JSON Schema of the reply, where it is to be data instead of a text. */
  schema?: Readonly<Record<string, unknown>> | undefined;
  /** The settings of the acting role. */
  settings?: RolePreferences | undefined;
  /** Values that our own code decided, such as a file name; the plain form has places for them. */
  places?: Readonly<Record<string, string>> | undefined;
}

/** The instructions for the team. Every text is a pure function of its options: equal options give equal bytes, and a server reads them once. */
export interface TeamInstructions {
  /** Who the team is and what its replies look like. The same for every run, role and task. */
  preamble(length: InstructionLength, tests?: TestsInRun): string;
  /** How a role works, without the sentence that names it. May be empty. */
  roleSection(options: RoleSectionOptions): string;
  /**
   * What one step is to deliver. If a task type has no instructions for what the step expects, the text is the description and the general rule for text,
   * files or data.
   */
  taskSection(options: TaskSectionOptions): string;
}

const generalSchema = z.strictObject({ brief: z.string().optional(), plain: z.string().optional() });

let general: Record<'team' | 'text' | 'files' | 'either' | 'json', InstructionText> | undefined;

/** The texts that do not depend on who is on the team; read once. */
function generalTexts(): Record<'team' | 'text' | 'files' | 'either' | 'json', InstructionText> {
  const read = (name: string) => {
    const { front, body } = readMarkdown(join(import.meta.dirname, 'instructions', `${name}.md`), {}, generalSchema);
    return instructionText({ ...front, full: body });
  };
  return (general ??= { team: read('team'), text: read('text'), files: read('files'), either: read('either'), json: read('json') });
}

/**
 * The instructions for a team of these roles.
 * @throws MultiagentError `role.invalid`, here and whenever a requested role cannot be read.
 */
export function teamInstructions(roles: RoleCatalogue = builtInRoles()): TeamInstructions {
  const { team, ...forSteps } = generalTexts();
  const titles = roles.roles.flatMap(({ title, specialist }) => (specialist ? [] : [title]));
  const members = { titles: listed(titles), members: listed(titles.map((title) => `${indefiniteArticle(title)} ${title}`)) };
  return {
    preamble: (length, tests = 'written') => fillInstruction(linesFor(team[length], tests), members),
    roleSection: ({ role, length, settings = {} }) => fillInstruction(roles.find(role)?.persona[length] ?? '', settings),
    taskSection: ({ taskType, role, length, description, expects, schema, tests = 'written', settings = {}, places = {} }) => {
      // Instructions for a text would contradict a step that wants data.
      const known = schema === undefined ? roles.instructionsFor(taskType, role) : undefined;
      const forData = schema && { schema: JSON.stringify(schema), form: jsonForm(schema) };
      // Instructions for files would contradict a step that wants text, and the other way round.
      const text = known?.expects === expects ? known : forSteps[forData === undefined ? expects : 'json'];
      const instruction = fillInstruction(linesFor(text[length], tests), { ...settings, ...places, ...forData });
      const own = description.trim();
      if (own === '' || own === text.description) return instruction;
      return `${/[.!?:]$/.test(own) ? own : `${own}.`}${length === 'full' || forData !== undefined ? '\n\n' : ' '}${instruction}`;
    },
  };
}

/** "a, b and c". */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** "a" or "an" for the title of a role: by sound if it is an abbreviation that is spelled out ("an SRE", "a UX Designer"). */
function indefiniteArticle(title: string): 'a' | 'an' {
  const [first = ''] = title.split(/[\s/-]/, 1);
  const isSpelled = /^[A-Z]{2,4}$/.test(first);
  return (isSpelled ? /^[AEFHILMNORSX]/ : /^(?:[aeio]|u(?!ni|se|ti))/i).test(first) ? 'an' : 'a';
}
