import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { onTestFinished } from 'vitest';
import { RoleCatalogue } from '../../src/agents/role-catalogue.ts';
import { loadSettings } from '../../src/config/load-settings.ts';
import type { SettingsInput } from '../../src/config/settings-schema.ts';
import type { AgentOrchestratorOptions } from '../../src/orchestrator/agent-orchestrator-options.ts';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import type { WorkflowResult } from '../../src/orchestrator/results/run-result.ts';
import { WorkflowEngine } from '../../src/orchestrator/workflow-engine.ts';
import { MultiagentError } from '../../src/utils/multiagent-error.ts';
import { temporaryProject } from '../config/temporary-project.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../support/instant-clock.ts';
import { replyAsTeam } from '../support/team-replies.ts';

/** What counts as another machine. Its name leads to the double; see the test, which says so to whoever looks names up. */
export const elsewhere = 'models.example';

export interface Door {
  /** The files of the project, given the port of what listens elsewhere. */
  project: (port: number) => Record<string, string>;
  /** Files of the person, in their own folder, beside the settings that every person here has. */
  own?: (port: number) => Record<string, string>;
  /** What the person's own settings say beside the usual. */
  settings?: string;
  /** Other than the usual one, which is built in. */
  workflow?: string;
  /** What came of it: a code of an error, or the status of the run; the second where the person has consented to another host, if that differs. */
  ends: string | readonly [string, string];
  /** Done with the project's folder before the team works in it. */
  prepare?: (folder: string, port: number) => void | Promise<void>;
}

/** Something that listens where nothing may go, and counts whoever comes. */
export async function listenElsewhere() {
  const heard = { connections: 0, bytes: 0 };
  const server = createServer((socket) => {
    heard.connections += 1;
    socket.on('data', (data) => (heard.bytes += data.length)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { heard, port: (server.address() as AddressInfo).port };
}

/** A person with a model on this machine, one elsewhere that they have not consented to here, and a provider with a key. */
export async function personIn(
  door: Pick<Door, 'project' | 'own' | 'settings' | 'prepare'>,
  port: number,
  allowRemote: SettingsInput['allow_remote'],
) {
  const server = await startFakeLlamaServer({ reply: replyAsTeam() });
  onTestFinished(() => server.close());
  const ownFolder = temporaryProject({
    'config.yaml': [
      `llm_base_url: ${server.address}`,
      `models: { far: { base_url: "http://${elsewhere}:${port}/v1" } }`,
      `providers: { work: { kind: openai, base_url: "http://${elsewhere}:${port}/v1", model: large, api_key: mine } }`,
      door.settings ?? '',
    ].join('\n'),
    ...door.own?.(port),
  });
  const folder = temporaryProject({ 'a.txt': 'a secret of the house\n', ...door.project(port) });
  await door.prepare?.(folder, port);
  return { server, ownFolder, folder, begin: () => teamIn({ folder, ownFolder, allowRemote }) };
}

export interface TeamInOptions extends Pick<AgentOrchestratorOptions, 'store' | 'stateFolder'> {
  folder: string;
  ownFolder: string;
  allowRemote: SettingsInput['allow_remote'];
}

/** The team as the command puts it together. @throws MultiagentError where the settings are refused. */
export function teamIn({ folder, ownFolder, allowRemote, ...own }: TeamInOptions) {
  const rolesOf = (workspace: string) => new RoleCatalogue({ ownFolder, workspace }).declarations;
  const overrides = { allow_remote: allowRemote };
  const { settings } = loadSettings({ directory: folder, environment: {}, ownFolder, rolesOf, overrides });
  const orchestrator = new AgentOrchestrator({
    clock: instantClock(),
    workspace: settings.workspace,
    config: { ...settings, llm_max_retries: 0, task_retry_attempts: 0 },
    ownFolder,
    ...own,
    commandEnvironment: { PATH: process.env['PATH'] ?? '' },
  });
  onTestFinished(() => orchestrator.close());
  return orchestrator;
}

/** What came of it. */
export async function endOf(work: () => Promise<WorkflowResult>): Promise<string> {
  try {
    const { status, tasks } = await work();
    const failed = Object.values(tasks).find((task) => task.status === 'failed');
    return failed === undefined ? status : `${status}: ${failed.error ?? ''}`;
  } catch (error) {
    if (error instanceof MultiagentError) return error.code;
    throw error;
  }
}

export async function endOfDoor(door: Door, port: number, allowRemote: SettingsInput['allow_remote']): Promise<string> {
  const { begin } = await personIn(door, port, allowRemote);
  return endOf(async () => new WorkflowEngine(begin()).executeWorkflow(door.workflow ?? 'quick_answer', 'What is a queue?'));
}

export function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
