import { isLoopbackAddress } from '../../utils/loopback.ts';
import { type Where, whereIs } from '../../utils/where.ts';
import { isTakenOver } from './ended-tasks.ts';
import { repliesOf } from './activities-of.ts';
import type { CallRecord, RunState } from './run-records.ts';

/** What a run has sent to one host outside this machine. */
export interface EgressToHost {
  /** With the port if that is not the usual one. */
  host: string;
  where: Exclude<Where, 'this_machine'>;
  requests: number;
  /** Of the requests' bodies. */
  bytes: number;
  /** Prompt tokens of the calls to it, as far as it told them. */
  tokens: number;
  /** Calls to it that did not tell their tokens. */
  callsUntold: number;
}

/** What left this machine in a run, by its events alone. The work of runs that it builds on is theirs. */
export interface Egress {
  /** `nothing`: that is proven, for everything that could have sent something is recorded and stayed here. `unknown`: nothing is known to have left, but not everything is known. */
  left: 'nothing' | 'something' | 'unknown';
  hosts: EgressToHost[];
  /** Calls of which it is not recorded where they went: by an earlier version, or by a connection of a program's own. */
  callsUnrecorded: number;
  /** The package managers that were let into the network, each once. */
  packagesWith: string[];
  /** Commands that ran without a sandbox, or with the network: what they sent nobody knows. */
  commandsUnwatched: number;
  /** Calls of MCP servers, which the person has named: what these send nobody knows. */
  serverCalls: number;
  /** Calls of tools that the program brought along, which has started the run: what these send nobody else knows. */
  programCalls: number;
}

/** Errors of calls that were not made. */
const neverSent: ReadonlySet<string> = new Set(['private.refused', 'budget.used_up', 'budget.no_price']);

/**
 * What left this machine in a run, to which hosts, and whether it is proven that nothing did.
 * @example
 * const { left, hosts } = egressOfRun(await orchestrator.loadRun(run));
 * console.log(left, hosts.length); // nothing 0
 */
export function egressOfRun(state: RunState): Egress {
  const calls = [...state.tasks.values()].flatMap((task) =>
    isTakenOver(state, task) ? [] : repliesOf(task).flatMap((reply) => reply.calls),
  );
  const hosts = [...sentAway(state, calls), ...contacted(state)];
  const callsUnrecorded = calls.filter(({ sentTo, isWatched, usage, error }) => {
    const wasNotSent = usage === undefined && (isWatched === true || neverSent.has(error?.code ?? ''));
    return sentTo === undefined && !wasNotSent;
  }).length;
  const packagesWith = managersOf(state);
  const commandsUnwatched = unwatched(state);
  const callsBy = (executor: 'mcp' | 'program') =>
    [...state.activities.values()].filter(
      (known) => known.kind === 'tool' && known.executor === executor && known.result?.repeated !== true,
    ).length;
  const serverCalls = callsBy('mcp');
  const programCalls = callsBy('program');
  const known = callsUnrecorded === 0 && commandsUnwatched === 0 && serverCalls === 0 && programCalls === 0;
  const left = hosts.length > 0 || packagesWith.length > 0 ? 'something' : known ? 'nothing' : 'unknown';
  return { left, hosts, callsUnrecorded, packagesWith, commandsUnwatched, serverCalls, programCalls };
}

function sentAway({ sent }: RunState, calls: readonly CallRecord[]): EgressToHost[] {
  return sent.flatMap(({ host, where, requests, bytes }) => {
    if (where === 'this_machine') return [];
    const own = calls.filter(({ sentTo }) => sentTo?.host === host && sentTo.where === where);
    const told = own.flatMap(({ usage }) => usage?.promptTokens ?? []);
    return [{ host, where, requests, bytes, tokens: told.reduce((sum, tokens) => sum + tokens, 0), callsUntold: own.length - told.length }];
  });
}

/** Servers that the run had a connection to and that no request is recorded for. */
function contacted({ model, models = {}, laterModels, sent }: RunState): EgressToHost[] {
  const all = [model, ...Object.values(models), ...laterModels].flatMap(
    ({ address, servers }) => servers?.map((server) => server.address) ?? [address],
  );
  const known = new Set(sent.map(({ host }) => host));
  const hosts = all.flatMap((address) => (isLoopbackAddress(address) ? [] : (URL.parse(address)?.host ?? [])));
  return [...new Set(hosts)].flatMap((host) => {
    if (known.has(host)) return [];
    const where = whereIs((URL.parse(`http://${host}`)?.hostname ?? '').replace(/^\[|\]$/g, ''));
    return [{ host, where: where === 'this_network' ? where : 'elsewhere', requests: 0, bytes: 0, tokens: 0, callsUntold: 0 }];
  });
}

function managersOf({ activities }: RunState): string[] {
  const installs = [...activities.values()].flatMap((known) => {
    if (known.kind !== 'install') return [];
    // One that was cut off may have begun.
    return known.result?.outcome === 'not_started' ? [] : [known.manager];
  });
  return [...new Set(installs)];
}

function unwatched({ checks, examples, activities }: RunState): number {
  const open = checks.filter(
    ({ outcome, sandbox, network }) => outcome !== 'not_started' && (sandbox === 'off' || sandbox === undefined || network === 'machine'),
  );
  const tried = examples.filter(({ sandbox }) => sandbox === 'off');
  // A command that was cut off does not tell whether it was in a sandbox.
  const cutOff = [...activities.values()].filter(({ kind, status }) => kind === 'command' && status === 'started');
  return open.length + tried.length + cutOff.length;
}
