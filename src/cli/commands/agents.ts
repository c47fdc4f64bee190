import process from 'node:process';
import type { RoleCatalogue } from '../../agents/role-catalogue.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { nearestName } from '../../utils/nearest-name.ts';
import { printableLine, shownName } from '../../utils/printable.ts';
import { leftOutSentence, originOf } from '../definitions/workflows-here.ts';
import { rolesHere } from '../roles-here.ts';
import { roleFile, roleFrontMatterOf } from '../definitions/role-file.ts';
import { loadCommandSettings } from '../load-run-settings.ts';
import { workspaceHere } from '../places-here.ts';
import { safeJson } from '../safe-json.ts';
import { writeFolded, writeText } from '../write-folded.ts';

export interface ListAgentsOptions {
  config?: string | undefined;
  json?: boolean | undefined;
}

/** `multiagent agents list` */
export function listAgents({ config, json }: ListAgentsOptions): void {
  const directory = process.cwd();
  const { settings } = loadCommandSettings({ path: config, directory, beyondRights: 'leave_out' });
  const catalogue = rolesHere(settings.workspace);
  const listed = catalogue.list().map(({ role, ...origin }) => {
    const { enabled = true, model = role.model, config: preferences = {} } = settings.agents[role.id] ?? {};
    return { role, origin, enabled, model, preferences };
  });
  if (json) {
    const shown = listed.map(({ role, origin: { layer, path = null }, enabled, model = null, preferences }) => {
      const { id, agentId, title, skills, tasks } = role;
      return {
        role: id,
        agent_id: agentId,
        title,
        enabled,
        model,
        private: role.private,
        skills,
        specialist: role.specialist,
        task_types: [...tasks.keys()],
        settings: preferences,
        layer,
        path,
      };
    });
    process.stdout.write(`${safeJson(shown)}\n`);
    return;
  }
  const width = (least: number, texts: string[]) => Math.max(least, ...texts.map((text) => text.length));
  const idWidth = width(
    11,
    listed.map(({ role }) => role.agentId),
  );
  const titleWidth = width(
    17,
    listed.map(({ role }) => role.title),
  );
  for (const { role, origin, enabled, model, preferences } of listed) {
    const details = Object.entries(preferences).flatMap(([name, value]) =>
      value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [`${name}: ${String(value)}`],
    );
    const skills = role.skills.length === 0 ? [] : [`skills: ${role.skills.join(', ')}`];
    const kept = [...(role.private ? ['private'] : []), ...(role.specialist ? [`works where a step names ${role.id}`] : [])];
    const state = enabled ? [...(model === undefined ? [] : [`model: ${model}`]), ...kept, ...details, ...skills] : ['disabled'];
    const shown = [...state, ...originOf(origin, directory)].join('; ');
    writeFolded(
      `${role.agentId.padEnd(idWidth)} ${printableLine(role.title).padEnd(titleWidth)} ${printableLine(shown)}`.trimEnd().concat('\n'),
    );
  }
  for (const file of catalogue.leftOut) writeFolded(`${printableLine(leftOutSentence(file, directory))}\n`);
}

/** `multiagent agents show <role>`: a file that could stand in the place of the role's own. */
export async function showAgent(given: string, { json }: { json?: boolean | undefined }): Promise<void> {
  const { role, ...origin } = findRole(rolesHere(await workspaceHere(process.cwd())), given);
  if (json) {
    process.stdout.write(
      `${safeJson({ ...roleFrontMatterOf(role), full: role.persona.full, layer: origin.layer, path: origin.path ?? null })}\n`,
    );
    return;
  }
  writeText(roleFile(role));
}

/** By its name or by the id of its agent. @throws MultiagentError `role.unknown`, `role.invalid`. */
function findRole(catalogue: RoleCatalogue, given: string): ReturnType<RoleCatalogue['list']>[number] {
  const name = given.trim().toLowerCase().replaceAll(/[- ]/g, '_');
  const listed = catalogue.list();
  const found = listed.find(({ role }) => role.id === name || role.agentId === name);
  if (found !== undefined) return found;
  // One that is there twice is on no list, and says why.
  catalogue.find(name);
  const names = listed.map(({ role }) => role.id);
  const nearest = nearestName(name, names);
  throw new MultiagentError({
    category: 'usage',
    code: 'role.unknown',
    message: `There is no role called ${shownName(given)}.`,
    hint: `${nearest === undefined ? '' : `Did you mean ${nearest}? `}Roles: ${names.join(', ')}.`,
  });
}
