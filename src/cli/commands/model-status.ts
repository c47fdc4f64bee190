import process from 'node:process';
import { logFile, type ManagedState, managedState, readRecords, type ServerRecord } from '../../local-engine/managed/server-record.ts';
import { probeModelServer } from '../../llm/server/probe-model-server.ts';
import { printableLine } from '../../utils/printable.ts';
import { describeSignalDeath } from '../../utils/signal-death.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { formatBytes } from '../../utils/format-bytes.ts';
import { memoryOfProcess } from '../model/memory-of-process.ts';
import { serversFolder } from '../model/state-folders.ts';
import { safeJson } from '../safe-json.ts';
import { formatDuration } from '../views/format-time.ts';
import { writeFolded } from '../write-folded.ts';

interface ServerStatus {
  address: string;
  state: ManagedState;
  model: string;
  process: number | null;
  /** Tokens of one slot. */
  context_tokens: number | null;
  slots: number | null;
  memory_bytes: number | null;
  uptime_seconds: number | null;
  restarts: number;
  last_end: string | null;
  /** What to do about the last end. */
  hint: string | null;
  log: string;
}

/** `multiagent model status`: 0 if a server is ready, 3 if none is. */
export async function modelStatus({ json }: { json?: boolean }): Promise<ExitCode> {
  const folder = serversFolder();
  const servers = await Promise.all(readRecords(folder).map((record) => statusOf(record, folder)));
  if (json) process.stdout.write(`${safeJson({ servers })}\n`);
  else writeFolded(text(servers));
  return servers.some(({ state }) => state === 'ready' || state === 'unattended') ? exitCode.completed : exitCode.noServer;
}

async function statusOf(record: ServerRecord, folder: string): Promise<ServerStatus> {
  const state = managedState(record);
  const runs = state === 'ready' || state === 'unattended' || state === 'starting';
  const probe = runs ? await probeModelServer({ address: record.address }) : undefined;
  const server = probe?.state === 'ready' ? probe.server : undefined;
  const pid = runs ? record.server?.pid : undefined;
  return {
    address: record.address,
    state,
    model: record.model,
    process: pid ?? null,
    context_tokens: server?.contextTokens ?? null,
    slots: server?.slots ?? null,
    memory_bytes: pid === undefined ? null : (memoryOfProcess(pid) ?? null),
    uptime_seconds: runs ? Math.max(0, Math.round((Date.now() - record.startedAt) / 1000)) : null,
    restarts: record.restarts.length,
    last_end: record.lastEnd ?? null,
    hint: mendOf(record) ?? null,
    log: logFile(folder, record.port),
  };
}

function mendOf({ lastSignal, program }: ServerRecord): string | undefined {
  return lastSignal === undefined ? undefined : describeSignalDeath(lastSignal, { kind: 'llama-server', path: program }).hint;
}

const meanings: Record<ManagedState, string> = {
  ready: 'ready',
  starting: 'loading its model',
  restarting: 'died; it is about to be restarted',
  failed: 'died too often and is not restarted',
  unattended: 'ready, but nothing will restart it if it dies (its supervisor is gone)',
  gone: 'not running',
};

function text(servers: readonly ServerStatus[]): string {
  if (servers.length === 0) return 'No llama-server was started here. "multiagent model start" starts one.\n';
  return `${servers.flatMap(linesOf).map(printableLine).join('\n')}\n`;
}

function linesOf(status: ServerStatus): string[] {
  const facts = [
    status.context_tokens === null ? undefined : `${status.context_tokens} tokens of context`,
    status.slots === null ? undefined : status.slots === 1 ? '1 slot' : `${status.slots} slots`,
    status.memory_bytes === null ? undefined : `${formatBytes(status.memory_bytes)} of memory`,
    status.process === null ? undefined : `process ${status.process}`,
  ].filter((fact) => fact !== undefined);
  return [
    `${status.address}  ${meanings[status.state]}`,
    `  model     ${status.model}`,
    ...(facts.length === 0 ? [] : [`  holds     ${facts.join(', ')}`]),
    ...(status.uptime_seconds === null ? [] : [`  up for    ${formatDuration(status.uptime_seconds * 1000)}`]),
    `  restarts  ${status.restarts}${status.last_end === null ? '' : `; the last one ${status.last_end}`}`,
    ...(status.hint === null ? [] : [`            ${status.hint}`]),
    `  log       ${status.log}`,
  ];
}
