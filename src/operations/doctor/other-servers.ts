import { probeModelServer } from '../../llm/server/probe-model-server.ts';
import type { Finding } from './finding.ts';

/** Where Ollama and LM Studio listen by default. */
const usual = { Ollama: 'http://127.0.0.1:11434/v1', 'LM Studio': 'http://127.0.0.1:1234/v1' };

/** Servers on this machine that runs do not look for by themselves. */
export async function findOtherServers(places: Readonly<Record<string, string>> = usual, signal?: AbortSignal): Promise<Finding[]> {
  const probes = Object.entries(places).map(async ([name, address]): Promise<Finding[]> => {
    const { state } = await probeModelServer({ address, signal, timeoutMilliseconds: 2000 });
    if (state === 'absent') return [];
    const hint = `To use it: --base-url ${address}, or llm_base_url in config.yaml. To see what it can do: multiagent doctor --base-url ${address}`;
    return [{ check: 'others', state: 'ok', message: `a server answers at ${address}, where ${name} usually listens`, hint }];
  });
  return (await Promise.all(probes)).flat();
}
