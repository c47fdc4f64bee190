import type { RoleDeclaration } from '../config/role-settings.ts';
import type { InstructionText } from './instruction-text.ts';

/** One who can be on the team, as its Markdown says. */
export interface Role {
  /** As workflows and settings name it. */
  id: string;
  /** The id of the agent that plays it. */
  agentId: string;
  /** As people and models read it. */
  title: string;
  /** Its place on the team: smaller comes first. */
  order: number;
  /** What it is good at, for people. */
  skills: readonly string[];
  /** The model that it wants where the settings name none for it. */
  model?: string | undefined;
  /** What the settings say of it counts more. */
  sampling?: RoleDeclaration['sampling'];
  /** What its words leave to the settings. */
  settings: RoleDeclaration['settings'];
  /** How it works. */
  persona: InstructionText;
  /** By the type of task: what it is to deliver. */
  tasks: ReadonlyMap<string, InstructionText>;
}
