import { once } from 'node:events';
import { createServer } from 'node:net';
import { probeModelServer } from '../../llm/server/probe-model-server.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { defaultAddresses } from '../../llm/server/find-model-server.ts';

/** The ports on which runs look for a server by themselves. */
export const usualPorts: readonly number[] = defaultAddresses.map((address) => Number(new URL(address).port));

/**
 * The port for a new server: the wanted one, else the first usual one that no other program uses.
 * @throws MultiagentError `server.port_taken`. A model server on a usual port is never skipped, because runs would find it.
 */
export async function choosePort(wanted: number | undefined, ports: readonly number[] = usualPorts): Promise<number> {
  for (const port of wanted === undefined ? ports : [wanted]) {
    if (await isFree(port)) return port;
    const probe = await probeModelServer({ address: `http://127.0.0.1:${port}/v1`, timeoutMilliseconds: 2000 });
    if (probe.state !== 'absent') throw taken(port, 'a model server that was not started here');
    if (wanted !== undefined) throw taken(port, 'another program');
  }
  throw taken(ports.join(' and '), 'other programs');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

function taken(port: number | string, holder: string): MultiagentError {
  return new MultiagentError({
    category: 'model',
    code: 'server.port_taken',
    message: `Port ${port} is taken by ${holder}.`,
    hint: 'Use or stop that program, or choose a free port with --port.',
  });
}
