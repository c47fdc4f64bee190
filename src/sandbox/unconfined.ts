import { runProcess } from './run-process.ts';
import type { CommandResult, Sandbox, SandboxCommand, SandboxProbe } from './sandbox.ts';

/** No sandbox, because a person said so: the command runs as the person, in the folder itself, bounded in time and output only. */
export class Unconfined implements Sandbox {
  readonly kind = 'off';

  probe(): Promise<SandboxProbe> {
    return Promise.resolve({ state: 'ready', name: 'none', lacks: ['a command can do what you can do'] });
  }

  run({ command, folder, environment, limits, signal, onOutput }: SandboxCommand): Promise<CommandResult> {
    return runProcess({
      command,
      folder,
      environment,
      timeoutMilliseconds: limits.wallMilliseconds,
      signal,
      outputBytes: limits.outputBytes,
      graceMilliseconds: 2000,
      onOutput,
    });
  }
}
