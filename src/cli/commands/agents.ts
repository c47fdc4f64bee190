import process from 'node:process';
import { roles } from '../../agents/role.ts';
import { printableLine } from '../../utils/printable.ts';
import { loadCommandSettings } from '../load-run-settings.ts';
import { writeFolded } from '../write-folded.ts';

/** `multiagent agents` */
export function listAgents({ config }: { config?: string | undefined }): void {
  const { settings } = loadCommandSettings({ path: config, directory: process.cwd(), beyondRights: 'leave_out' });
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
