import { isRunning } from '../../utils/process-mark.ts';
import type { ServerRecord } from './server-record.ts';

/** `unattended`: it runs, and nobody would start it again. `gone`: neither it nor its supervisor runs, for instance after the machine was off. */
export type ManagedState = ServerRecord['state'] | 'unattended' | 'gone';

/** What a record says, compared with the processes that run. */
export function managedState({ state, supervisor, server }: ServerRecord): ManagedState {
  if (isRunning(supervisor)) return state;
  if (server !== undefined && isRunning(server)) return 'unattended';
  return state === 'failed' ? 'failed' : 'gone';
}

/** Whether anything of it runs, so that its port and its record are in use. */
export function isAlive(record: ServerRecord): boolean {
  return isRunning(record.supervisor) || (record.server !== undefined && isRunning(record.server));
}
