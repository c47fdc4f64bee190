import { basename, dirname, join } from 'node:path';
import { type DefinitionFolder, namesIn, tooManyEntries } from '../utils/definition-folder.ts';
import { type InstructionText, instructionText } from './instruction-text.ts';
import { invalidRole, readMarkdown } from './read-markdown.ts';
import { snakeCase } from '../config/role-settings.ts';
import type { Role } from './role.ts';
import { roleFrontMatter, taskFrontMatter } from './role-schema.ts';

/** After all roles that state their order. */
const lastPlace = 1000;

export interface ReadRoleOptions extends Pick<DefinitionFolder, 'within'> {
  name: string;
  /** Absolute: `<name>.md`, or a folder with `role.md` and a file for each type of task. */
  path: string;
  kind: 'file' | 'folder';
  /** The role that it replaces. What it leaves out is taken from there, except for the instructions for tasks, which are found anyway. */
  below?: Role | undefined;
  /** `when asked for`: of a role that is known to be in order, whose instructions most commands need nothing of. Default: `now`. */
  tasks?: 'now' | 'when asked for' | undefined;
}

/** @throws MultiagentError `role.invalid`, with every problem of the first file that has any. */
export function readRole({ name, path, kind, within, below, tasks: reading = 'now' }: ReadRoleOptions): Role {
  const file = kind === 'file' ? path : join(path, 'role.md');
  const { front, body } = readMarkdown(file, { within }, roleFrontMatter);
  if (front.name !== undefined && front.name !== name)
    throw invalidRole(file, [`it is called ${front.name}, but its file is called ${name}; give both the same name`]);
  const { title = below?.title, model = below?.model, sampling = below?.sampling, settings = below?.settings ?? {} } = front;
  if (title === undefined) throw invalidRole(file, ['the front matter names no title (title: Code Reviewer)']);
  const readTasks = () => {
    const found = new Map<string, InstructionText>(
      Object.entries(front.task_types ?? {}).map(([type, task]) => [type, instructionText(task)]),
    );
    for (const [type, text] of kind === 'file' ? [] : tasksIn(path, within)) {
      if (found.has(type)) throw invalidRole(file, [`task_types.${type} is here, and ${type}.md is beside it; remove one of them`]);
      found.set(type, text);
    }
    return found;
  };
  let tasks = reading === 'now' ? readTasks() : undefined;
  const hasOwnWords = body.trim() !== '' || front.brief !== undefined || front.plain !== undefined;
  return {
    id: name,
    agentId: front.agent_id ?? below?.agentId ?? `${name}_001`,
    title,
    order: front.order ?? below?.order ?? lastPlace,
    skills: front.skills ?? below?.skills ?? [],
    model,
    sampling,
    // A project can ask for it, and cannot take away what the person asked for.
    private: front.private === true || below?.private === true,
    specialist: front.specialist ?? below?.specialist ?? false,
    tools: front.tools ?? below?.tools ?? [],
    settings,
    persona: hasOwnWords || below === undefined ? instructionText({ ...front, full: body, description: undefined }) : below.persona,
    get tasks() {
      return (tasks ??= readTasks());
    },
  };
}

function tasksIn(folder: string, within: string | undefined): [string, InstructionText][] {
  const entries = namesIn({ path: folder, within });
  if (entries === undefined) throw invalidRole(folder, [tooManyEntries]);
  return entries.flatMap(({ name, kind }): [string, InstructionText][] => {
    if (kind !== 'file' || !name.endsWith('.md') || name === 'role.md') return [];
    const type = name.slice(0, -'.md'.length);
    const path = join(folder, name);
    if (!snakeCase.test(type))
      throw invalidRole(path, [
        `${basename(dirname(path))}/${name} is not named after a type of task: these are in snake_case, such as code_review`,
      ]);
    const { front, body } = readMarkdown(path, { within }, taskFrontMatter);
    return [[type, instructionText({ ...front, full: body })]];
  });
}
