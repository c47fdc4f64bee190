import { egressOfRun } from '../../state/run/egress-of-run.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { egressSentences } from './egress-sentences.ts';

/** What left this machine in a run, as programs read it. */
export interface EgressResult {
  /** `nothing`: proven. `unknown`: nothing is known to have left, but not everything is known. */
  left: 'nothing' | 'something' | 'unknown';
  /** `tokens`: prompt tokens of the calls; `calls_untold` calls did not tell theirs. `bytes`: of the bodies of requests. */
  hosts: { host: string; where: 'this_network' | 'elsewhere'; requests: number; bytes: number; tokens: number; calls_untold: number }[];
  /** Calls of which it is not recorded where they went. */
  calls_unrecorded: number;
  /** Package managers that were let into the network. */
  packages_with: string[];
  /** Commands that ran without a sandbox, or with the network. */
  commands_unwatched: number;
  /** Calls of tools of MCP servers, of which nobody knows what they send. */
  server_calls: number;
  /** Calls of tools that the program brought along, of which nobody else knows what they send. */
  program_calls: number;
  /** The same as people are told it. */
  sentences: string[];
}

export function egressResult(state: RunState): EgressResult {
  const egress = egressOfRun(state);
  return {
    left: egress.left,
    hosts: egress.hosts.map(({ callsUntold, ...host }) => ({ ...host, calls_untold: callsUntold })),
    calls_unrecorded: egress.callsUnrecorded,
    packages_with: egress.packagesWith,
    commands_unwatched: egress.commandsUnwatched,
    server_calls: egress.serverCalls,
    program_calls: egress.programCalls,
    sentences: egressSentences(egress),
  };
}
