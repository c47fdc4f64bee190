import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type InstructionLength,
  type InstructionText,
  type RoleSettings,
  fillInstruction,
  readInstructionText,
} from './instruction-text.ts';
import { type RoleId, roles } from './role.ts';

export interface RoleSectionOptions {
  role: RoleId;
  length: InstructionLength;
  settings?: RoleSettings | undefined;
}

export interface TaskSectionOptions {
  taskType: string;
  length: InstructionLength;
  /** The step's own words. They stand first where they say something else than the built-in workflows do. */
  description: string;
  expects: 'text' | 'files';
  /** Of the role that acts. */
  settings?: RoleSettings | undefined;
  /** What our own code decided, such as the name of a file; the plain form has places for it. */
  places?: Readonly<Record<string, string>> | undefined;
}

/** What the team is told. Every text is a pure function of its options, so equal options give equal bytes and a server reads them once. */
export interface TeamInstructions {
  /** Who the team is and what its replies look like: the same for every run, role and task. */
  preamble(length: InstructionLength): string;
  /** How a role works, without the sentence that names it. May be empty. */
  roleSection(options: RoleSectionOptions): string;
  /** What one step is to deliver. A task type without instructions for what the step expects gets the description and the general rule for text or files. */
  taskSection(options: TaskSectionOptions): string;
}

let loaded: TeamInstructions | undefined;

/**
 * Reads the Markdown files once per process.
 * @throws MultiagentError `instructions.unreadable`
 */
export function loadTeamInstructions(): TeamInstructions {
  loaded ??= readTeamInstructions(join(import.meta.dirname, 'instructions'));
  return loaded;
}

function readTeamInstructions(folder: string): TeamInstructions {
  const team = readInstructionText(join(folder, 'team.md'));
  const general = { text: readInstructionText(join(folder, 'text.md')), files: readInstructionText(join(folder, 'files.md')) };
  const roleTexts = new Map<string, InstructionText>();
  const taskTexts = new Map<string, InstructionText>();
  for (const { id } of roles) {
    roleTexts.set(id, readInstructionText(join(folder, id, 'role.md')));
    for (const file of readdirSync(join(folder, id))) {
      if (file.endsWith('.md') && file !== 'role.md')
        taskTexts.set(file.slice(0, -'.md'.length), readInstructionText(join(folder, id, file)));
    }
  }
  return {
    preamble: (length) => team[length],
    roleSection: ({ role, length, settings = {} }) => fillInstruction(roleTexts.get(role)?.[length] ?? '', settings),
    taskSection: ({ taskType, length, description, expects, settings = {}, places = {} }) => {
      const known = taskTexts.get(taskType);
      // Instructions for files would contradict a step that wants text, and the other way round.
      const text = known?.expects === expects ? known : general[expects];
      const instruction = fillInstruction(text[length], { ...settings, ...places });
      const own = description.trim();
      if (own === '' || own === text.description) return instruction;
      return `${/[.!?:]$/.test(own) ? own : `${own}.`}${length === 'full' ? '\n\n' : ' '}${instruction}`;
    },
  };
}
