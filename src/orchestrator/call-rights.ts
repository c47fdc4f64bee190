import type { Permissions } from '../tools/policy/permissions.ts';
import type { PreparedCall } from '../tools/prepare-call.ts';

/** What the agents of a run may call. */
export interface CallRights {
  /** For the program's own tools, which work on a copy of the project. */
  permissions: Permissions;
  /** For tools of others, which work on something else. A step that names one whose risk is refused here does not begin. */
  ofOthers: Permissions;
  /** Asks a person about a call that these leave open. Aborted: nobody need answer any more. */
  ask: (call: PreparedCall, signal: AbortSignal) => Promise<'allow' | 'refuse'>;
}

/** Nothing that a step calls reaches the project: it works on a copy, and commands run in the sandbox. Of others it calls what only reads. */
export const rightsOfSteps: CallRights = {
  permissions: { risks: { read: 'allow', write: 'refuse', execute: 'allow', network: 'refuse' }, allowed: [] },
  ofOthers: { risks: { read: 'allow', write: 'refuse', execute: 'refuse', network: 'refuse' }, allowed: [] },
  ask: () => Promise.resolve('refuse'),
};
