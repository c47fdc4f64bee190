import type { CommandResult, Sandbox, SandboxProbe } from './sandbox.ts';

/** A system without a sandbox: nothing is run. */
export class Unsupported implements Sandbox {
  readonly kind = 'unsupported';
  readonly #system: string;

  constructor(system: string) {
    this.#system = system;
  }

  probe(): Promise<SandboxProbe> {
    return Promise.resolve({
      state: 'missing',
      why: `there is none for ${this.#system === 'win32' ? 'Windows' : this.#system} yet`,
      hint: 'Use Linux with bubblewrap (on Windows: WSL), or macOS.',
    });
  }

  run(): Promise<CommandResult> {
    return Promise.resolve({ outcome: 'not_started', durationMilliseconds: 0, output: `No sandbox: ${this.#system}.`, outputBytes: 0 });
  }
}
