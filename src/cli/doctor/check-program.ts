import type { Finding } from '../../operations/doctor/finding.ts';
import type { ServerRecord } from '../../local-engine/managed/server-record.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { describeSignalDeath, isCrash } from '../../utils/signal-death.ts';
import type { Surroundings } from '../model/launch.ts';
import { proveServerProgram } from '../model/start-script.ts';

/** Whether the llama-server that would be started runs on this machine. Returns nothing if there is none, or if there is no sign of trouble. */
export async function checkProgram({ program, diedBy }: Pick<Surroundings, 'program' | 'diedBy'>): Promise<Finding[]> {
  if (program === undefined) return [];
  const check = 'program';
  if (diedBy !== undefined) {
    const { how, hint } = describeSignalDeath(diedBy, { kind: 'llama-server', path: program });
    return [{ check, state: 'problem', message: `${program} ${how} as soon as it was started`, hint }];
  }
  try {
    await proveServerProgram();
    return [];
  } catch (error) {
    if (!(error instanceof MultiagentError)) throw error;
    return [{ check, state: 'problem', message: error.message, hint: error.hint }];
  }
}

/** Background servers that a signal ended, because of a fault or for lack of memory. They may have been restarted, but are likely to die again. */
export function checkDeaths(records: readonly Pick<ServerRecord, 'address' | 'lastSignal' | 'program'>[]): Finding[] {
  return records.flatMap(({ address, lastSignal, program }): Finding[] => {
    if (lastSignal === undefined || !(isCrash(lastSignal) || lastSignal === 'SIGKILL')) return [];
    const { how, hint } = describeSignalDeath(lastSignal, { kind: 'llama-server', path: program });
    return [{ check: 'program', state: 'warning', message: `the server at ${address} ${how}`, hint }];
  });
}
