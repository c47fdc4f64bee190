import process from 'node:process';
import { printableLine } from '../../utils/printable.ts';
import { originOf } from '../definitions.ts';
import { rolesHere } from '../roles-here.ts';
import { loadCommandSettings } from '../load-run-settings.ts';
import { writeFolded } from '../write-folded.ts';

/** `multiagent agents` */
export function listAgents({ config }: { config?: string | undefined }): void {
  const directory = process.cwd();
  const { settings } = loadCommandSettings({ path: config, directory, beyondRights: 'leave_out' });
  const listed = rolesHere(settings.workspace).list();
  const width = (least: number, texts: string[]) => Math.max(least, ...texts.map((text) => text.length));
  const idWidth = width(
    11,
    listed.map(({ role }) => role.agentId),
  );
  const titleWidth = width(
    17,
    listed.map(({ role }) => role.title),
  );
  for (const { role, layer, path } of listed) {
    const { enabled = true, model = role.model, config: preferences = {} } = settings.agents[role.id] ?? {};
    const details = Object.entries(preferences).flatMap(([name, value]) =>
      value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [`${name}: ${String(value)}`],
    );
    const skills = role.skills.length === 0 ? [] : [`skills: ${role.skills.join(', ')}`];
    const state = enabled ? [...(model === undefined ? [] : [`model: ${model}`]), ...details, ...skills] : ['disabled'];
    const shown = [...state, ...originOf({ layer, path }, directory)].join('; ');
    writeFolded(
      `${role.agentId.padEnd(idWidth)} ${printableLine(role.title).padEnd(titleWidth)} ${printableLine(shown)}`.trimEnd().concat('\n'),
    );
  }
}
