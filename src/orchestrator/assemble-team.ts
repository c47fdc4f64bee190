import type { BaseAgent } from '../agents/base-agent.ts';
import { createTeam } from '../agents/create-team.ts';
import type { Settings } from '../config/settings-schema.ts';

/** The built-in roles that are enabled, then agents of the caller's own, which take a role over from a built-in one that has it. */
export function assembleTeam({ agents }: Pick<Settings, 'agents'>, own: readonly BaseAgent[]): BaseAgent[] {
  const taken = new Set(own.map(({ role }) => role));
  return [...createTeam((role) => agents[role]).filter(({ role }) => !taken.has(role)), ...own];
}
