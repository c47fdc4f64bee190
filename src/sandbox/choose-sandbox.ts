import { platform } from 'node:process';
import { Bubblewrap } from './bubblewrap/bubblewrap.ts';
import type { Sandbox } from './sandbox.ts';
import { SandboxExec } from './seatbelt/sandbox-exec.ts';
import { Unconfined } from './unconfined.ts';
import { Unsupported } from './unsupported.ts';

/** What runs commands on each kind of system. */
const sandboxes: Readonly<Partial<Record<NodeJS.Platform, () => Sandbox>>> = {
  linux: () => new Bubblewrap(),
  darwin: () => new SandboxExec(),
};

/** The sandbox of this machine; none only where a person said `off`. Whether it works is what `probe` says. */
export function chooseSandbox(wanted: 'auto' | 'off', system: NodeJS.Platform = platform): Sandbox {
  if (wanted === 'off') return new Unconfined();
  return sandboxes[system]?.() ?? new Unsupported(system);
}
