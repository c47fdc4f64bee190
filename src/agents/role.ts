import type { RoleDeclaration } from '../config/role-settings.ts';
import type { InstructionText } from './instruction-text.ts';

/** A possible member of the team, as its Markdown describes it. */
export interface Role {
  /** Its name in workflows and settings. */
  id: string;
  /** The id of the agent that plays it. */
  agentId: string;
  /** Its name for people and models. */
  title: string;
  /** Its place on the team: smaller numbers come first. */
  order: number;
  /** What it is good at, for people. */
  skills: readonly string[];
  /** The model for it if the settings name none. */
  model?: string | undefined;
  /** The settings override it. */
  sampling?: RoleDeclaration['sampling'];
  /** Whether nothing that it does may leave this machine. */
  private: boolean;
  /** Whether it works only in steps that name it, and is no member of the team that the messages speak of. */
  specialist: boolean;
  /** The tools that its steps may call where they name none. */
  tools: readonly string[];
  /** The settings that its instructions have places for. */
  settings: RoleDeclaration['settings'];
  /** How it works. */
  persona: InstructionText;
  /** What it is to deliver, by type of task. */
  tasks: ReadonlyMap<string, InstructionText>;
}
