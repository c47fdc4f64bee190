import process from 'node:process';
import { roles } from '../../agents/role.ts';
import { loadSettings } from '../../config/load-settings.ts';
import { printableLine } from '../../utils/printable.ts';
import { writeFolded } from '../write-folded.ts';

/** `multiagent agents` */
export function listAgents({ config }: { config?: string | undefined }): void {
  const { settings } = loadSettings({ path: config, environment: process.env, directory: process.cwd() });
  for (const { id, agentId, title } of roles) {
    const { enabled, model, config: role } = settings.agents[id];
    const details = Object.entries(role).flatMap(([name, value]) =>
      value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [`${name}: ${String(value)}`],
    );
    const state = enabled
      ? [model === undefined ? '' : `model: ${model}`, ...details].filter((part) => part !== '').join('; ')
      : 'disabled';
    writeFolded(`${agentId.padEnd(11)} ${title.padEnd(17)} ${printableLine(state)}`.trimEnd().concat('\n'));
  }
}
