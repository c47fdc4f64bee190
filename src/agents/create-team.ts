import type { RoleSettings } from '../config/role-settings.ts';
import { completeRole } from '../config/role-settings.ts';
import type { BaseAgent } from './base-agent.ts';
import { RoleAgent } from './role-agent.ts';
import type { RoleCatalogue } from './role-catalogue.ts';
import { teamInstructions } from './team-instructions.ts';

/** The roles of a catalogue as agents, each with its settings. Roles that are switched off are left out. */
export function createTeam(roles: RoleCatalogue, settings: Readonly<Record<string, RoleSettings>> = {}): BaseAgent[] {
  const instructions = teamInstructions(roles);
  const declarations = new Map(roles.declarations.map((declaration) => [declaration.name, declaration]));
  return roles.roles.flatMap(({ id, agentId, title }) => {
    const declared = declarations.get(id);
    const given = Object.hasOwn(settings, id) ? settings[id] : undefined;
    const { enabled, config } = declared === undefined ? { enabled: true, config: {} } : completeRole(given, declared);
    return enabled ? [new RoleAgent({ id: agentId, role: id, title, instructions, settings: config })] : [];
  });
}
