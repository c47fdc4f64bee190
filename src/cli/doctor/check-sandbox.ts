import type { Finding } from '../../operations/doctor/finding.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

/** Whether checks can be run on this machine, and in which sandbox. */
export async function checkSandbox(sandbox: Sandbox): Promise<Finding[]> {
  const check = 'sandbox';
  if (sandbox.kind === 'off') {
    const message = 'off: checks run as you and can read and write everything that you can';
    return [
      { check, state: 'warning', message, hint: 'If you did not intend that, leave out --sandbox off and unset MULTIAGENT_SANDBOX.' },
    ];
  }
  const probe = await sandbox.probe();
  if (probe.state === 'missing') return [{ check, state: 'warning', message: `checks cannot be run: ${probe.why}`, hint: probe.hint }];
  const held = `${probe.name} works: checks have no network, an empty home and no secrets`;
  return [{ check, state: 'ok', message: held }, ...probe.lacks.map((lack): Finding => ({ check, state: 'warning', message: lack }))];
}
