import type { BaseAgent } from './base-agent.ts';
import type { RoleSettings } from './instruction-text.ts';
import { RoleAgent } from './role-agent.ts';
import { type RoleId, roles } from './role.ts';
import { loadTeamInstructions } from './team-instructions.ts';

/** The five roles as agents, with the settings of each. Roles that are switched off are not among them. */
export function createTeam(settingsOf: (role: RoleId) => { enabled: boolean; config: RoleSettings }): BaseAgent[] {
  const instructions = loadTeamInstructions();
  return roles.flatMap(({ id, agentId, title }) => {
    const { enabled, config } = settingsOf(id);
    return enabled ? [new RoleAgent({ id: agentId, role: id, title, instructions, settings: config })] : [];
  });
}
