import { z } from 'zod';
import { roleSettingSchema, snakeCase } from '../config/role-settings.ts';
import { samplingSchema } from '../config/sampling-settings.ts';
import { choice, number, text, textList, toggle } from '../config/setting-types.ts';

const name = (expected: string) => text(expected).regex(snakeCase, { error: expected }).max(64, { error: expected });

/** Instructions may have several lines but no control characters: they end up in prompts and terminals. */
const words = () =>
  z
    .string({ error: 'a text' })
    .max(20_000, { error: 'at most 20000 characters' })
    .regex(/^(?:\P{Cc}|[\n\t])*$/u, { error: 'a text without control characters' });

/** The shorter forms of the Markdown text below. */
const shorterForms = { brief: words().optional(), plain: words().optional() };

const task = {
  /** The description of such a step in workflows. If a step has the same one, it is left out, because the instructions say it better. */
  description: text().optional(),
  expects: choice(['text', 'files']),
  ...shorterForms,
};

/** The front matter of a file with the instructions for one type of task. */
export const taskFrontMatter = z.strictObject(task, { error: 'names with values (expects: text)' });

/** The front matter of a role. A role that replaces another one takes from it what it leaves out. */
export const roleFrontMatter = z.strictObject(
  {
    /** If given, it has to match the file's name. */
    name: name('a name in snake_case, such as code_reviewer').optional(),
    title: text('a title, such as Code Reviewer').max(80, { error: 'at most 80 characters' }).optional(),
    agent_id: name('a name in snake_case, such as dev_001').optional(),
    order: number().optional(),
    skills: textList().optional(),
    model: text('the name of a model').optional(),
    sampling: samplingSchema().optional(),
    /** `false` says nothing: a role that replaces a private one is private, too. */
    private: toggle().optional(),
    /** `true`: a role for steps that name it. The words about the team that every message begins with do not, so that a team is told the same whoever else there is. */
    specialist: toggle().optional(),
    /** The tools that its steps may call where they name none: as in a step. */
    tools: z
      .array(text('the name of a tool').regex(/^[a-z][a-z\d_]{0,80}$/, { error: 'the name of a tool' }), { error: 'a list of tools' })
      .max(10, { error: 'at most 10 tools' })
      .optional(),
    settings: z
      .record(name('names in snake_case, such as languages'), roleSettingSchema, {
        error: 'names with what each is (languages: { type: texts, description: … })',
      })
      .optional(),
    task_types: z
      .record(
        name('names in snake_case, such as code_review'),
        z.strictObject({ ...task, full: words() }, { error: 'what the task asks for ({ expects: text, full: … })' }),
        {
          error: 'types of tasks with their instructions',
        },
      )
      .optional(),
    ...shorterForms,
  },
  { error: 'names with values (title: Code Reviewer)' },
);
