import { isLoopbackAddress } from '../../utils/loopback.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { nearestName } from '../../utils/nearest-name.ts';
import { shownName } from '../../utils/printable.ts';
import type { Tool } from '../tool.ts';
import type { McpServerEntry } from './mcp-server.ts';
import type { McpOffer, McpServers } from './mcp-servers.ts';

/**
 * The tools of these names. Only the servers that they are of are started or asked.
 * @throws MultiagentError `tool.unknown`, with what there is; McpError of a server that is not reached; the signal's reason.
 */
export async function toolsOfServers(servers: McpServers, names: readonly string[], signal: AbortSignal): Promise<Tool[]> {
  const wanted = names.map((name) => ({ name, server: servers.serverOf(name) }));
  const lost = wanted.find(({ server }) => server === undefined);
  if (lost !== undefined) throw unknownServer(lost.name, servers.names);
  const asked = new Set(wanted.flatMap(({ server }) => server ?? []));
  const offers = await servers.offers([...asked], signal);
  return wanted.map(({ name, server }) => {
    const offer = offers.find((one) => one.server === server);
    if (offer?.kind === 'not_reached') throw offer.error;
    const found = offer?.tools.find(({ tool }) => tool.name === name);
    if (found === undefined) throw unknownTool(name, offer);
    return found.tool;
  });
}

/** Whether asking a server reaches no other machine. */
export function isHere({ url }: McpServerEntry): boolean {
  return url === undefined || isLoopbackAddress(url);
}

function unknownServer(name: string, servers: readonly string[]): MultiagentError {
  const those = servers.length === 0 ? 'there are none' : `there are ${servers.join(', ')}`;
  return new MultiagentError({
    category: 'usage',
    code: 'tool.unknown',
    message: `There is no tool ${shownName(name)}: it is none of the program's own, and of no MCP server (${those}).`,
    hint: 'Put the server into your own settings (mcp.servers), or see what there is: multiagent tools',
  });
}

function unknownTool(name: string, offer: Extract<McpOffer, { kind: 'reached' }> | undefined): MultiagentError {
  const names = offer?.tools.map(({ tool }) => tool.name) ?? [];
  const near = nearestName(name, names);
  const there = names.length === 0 ? 'it offers none that models can call' : `it offers ${names.slice(0, 20).join(', ')}`;
  return new MultiagentError({
    category: 'usage',
    code: 'tool.unknown',
    message: `The MCP server ${offer?.server ?? ''} has no tool ${shownName(name)}: ${there}.`,
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}What is left out, and why, is told by: multiagent tools`,
  });
}
