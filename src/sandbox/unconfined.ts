import { randomUUID } from 'node:crypto';
import { endMarkedProcesses } from './end-marked-processes.ts';
import { runProcess } from './run-process.ts';
import type { CommandResult, Sandbox, SandboxCommand, SandboxProbe } from './sandbox.ts';

/** No sandbox, because a person said so. The command runs as the person, in the folder itself; only its time and output are limited. */
export class Unconfined implements Sandbox {
  readonly kind = 'off';

  probe(): Promise<SandboxProbe> {
    return Promise.resolve({ state: 'ready', name: 'none', lacks: ['a command can do what you can do'] });
  }

  async run({ command, folder, environment, limits, signal, onOutput }: SandboxCommand): Promise<CommandResult> {
    const mark = randomUUID();
    const result = await runProcess({
      command,
      folder,
      environment: { ...environment, MULTIAGENT_CHECK: mark },
      timeoutMilliseconds: limits.wallMilliseconds,
      signal,
      outputBytes: limits.outputBytes,
      graceMilliseconds: 2000,
      onOutput,
    });
    // The group has ended by now; these have left it.
    endMarkedProcesses(mark);
    return result;
  }
}
