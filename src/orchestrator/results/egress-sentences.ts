import type { EventData } from '../../events/run-stream-events.ts';
import type { Egress, EgressToHost } from '../../state/run/egress-of-run.ts';
import { placeWords } from '../../utils/where.ts';

/** What left this machine, in sentences; the names of hosts are not made safe to show. */
export function egressSentences({
  left,
  hosts,
  callsUnrecorded,
  packagesWith,
  commandsUnwatched,
  serverCalls,
  programCalls,
}: Egress): string[] {
  if (left === 'nothing') return ['Nothing left this machine.'];
  return [
    ...hosts.map(hostSentence),
    ...packagesWith.map((manager) => `${manager} was let into the network to fetch packages, with the names that the files list.`),
    ...(callsUnrecorded === 0 ? [] : [`Where ${counted(callsUnrecorded, 'call')} to a model went is not recorded.`]),
    ...(commandsUnwatched === 0
      ? []
      : [
          `What ${counted(commandsUnwatched, 'command')} sent is not known: ${commandsUnwatched === 1 ? 'it' : 'they'} ran without a sandbox, or with the network.`,
        ]),
    ...(serverCalls === 0 ? [] : [`What your MCP servers sent is not known: ${counted(serverCalls, 'call')} of their tools.`]),
    ...(programCalls === 0 ? [] : [`What the program's own tools sent is not known: ${counted(programCalls, 'call')}.`]),
  ];
}

/** Where requests go, as it is told while they do. */
export function leavesSentence({ host, where }: Pick<EventData<'request.sent'>, 'host' | 'where'>): string {
  return `What this run asks goes to ${host} (${placeWords[where]}).`;
}

function hostSentence({ host, where, requests, bytes, tokens, callsUntold }: EgressToHost): string {
  const place = `${host} (${placeWords[where]})`;
  if (bytes === 0) return `${place} was asked about itself, and was sent nothing else.`;
  const untold = callsUntold === 0 ? '' : ` (${counted(callsUntold, 'call')} did not tell)`;
  return `${counted(bytes, 'byte')} and ${counted(tokens, 'token')}${untold} went to ${place}, in ${counted(requests, 'request')}.`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
