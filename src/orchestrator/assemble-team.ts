import type { BaseAgent } from '../agents/base-agent.ts';
import { createTeam } from '../agents/create-team.ts';
import type { RoleCatalogue } from '../agents/role-catalogue.ts';
import type { Settings } from '../config/settings-schema.ts';

/** The roles of the catalogue that are enabled, then agents of the caller's own, which take a role over from one that has it. */
export function assembleTeam(roles: RoleCatalogue, { agents }: Pick<Settings, 'agents'>, own: readonly BaseAgent[]): BaseAgent[] {
  const taken = new Set(own.map(({ role }) => role));
  return [...createTeam(roles, agents).filter(({ role }) => !taken.has(role)), ...own];
}
