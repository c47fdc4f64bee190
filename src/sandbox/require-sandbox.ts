import { MultiagentError } from '../utils/multiagent-error.ts';
import type { Sandbox, SandboxProbe } from './sandbox.ts';

/**
 * What the sandbox says of itself where it can be used; nothing is ever run without one instead.
 * @throws MultiagentError `sandbox.missing`.
 */
export async function requireSandbox(sandbox: Sandbox): Promise<Extract<SandboxProbe, { state: 'ready' }>> {
  const probe = await sandbox.probe();
  if (probe.state === 'ready') return probe;
  throw new MultiagentError({
    code: 'sandbox.missing',
    message: `The check cannot run, because this machine has no sandbox: ${probe.why}.`,
    hint: `${probe.mend}\nTo run it without one, as you, with everything that you can read and write: --sandbox off`,
  });
}
