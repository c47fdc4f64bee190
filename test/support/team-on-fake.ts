import { onTestFinished } from 'vitest';
import type { SettingsInput } from '../../src/config/settings-schema.ts';
import type { JournalEvent } from '../../src/events/run-stream-events.ts';
import type { AgentOrchestratorOptions } from '../../src/orchestrator/agent-orchestrator-options.ts';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import { WorkflowEngine } from '../../src/orchestrator/workflow-engine.ts';
import type { FakeLlamaServerOptions } from './fake-llama-server/options.ts';
import { startFakeLlamaServer } from './fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from './instant-clock.ts';
import { replyAsTeam } from './team-replies.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface TeamOnFakeOptions {
  server?: FakeLlamaServerOptions;
  settings?: SettingsInput;
  orchestrator?: Omit<AgentOrchestratorOptions, 'config'>;
}

/** A whole team in a temporary workspace, on a fake llama-server that answers every task type. Everything ends with the test. */
export async function teamOnFake({ server: serverOptions, settings, orchestrator: options }: TeamOnFakeOptions = {}) {
  const workspace = temporaryFolder();
  const server = await startFakeLlamaServer({ reply: replyAsTeam(), ...serverOptions });
  const events: JournalEvent[] = [];
  const orchestrator = new AgentOrchestrator({
    workspace,
    clock: instantClock(),
    onEvent: (event) => events.push(event),
    ...options,
    // What the stand-in writes is run only where a test is about that.
    config: { workspace, output_directory: `${workspace}/output`, llm_base_url: server.address, verify: 'off', ...settings },
  });
  onTestFinished(async () => {
    await orchestrator.close();
    await server.close();
  });
  return { workspace, server, orchestrator, engine: new WorkflowEngine(orchestrator), events };
}

/** The replies that were asked for, of every task. */
export function startedReplies(events: JournalEvent[]) {
  return eventsOfType(events, 'activity.started').flatMap(({ data, ...event }) => (data.kind === 'reply' ? [{ ...event, data }] : []));
}

/** The replies that came to their end, of every task. */
export function completedReplies(events: JournalEvent[]) {
  return eventsOfType(events, 'activity.completed').flatMap(({ data, ...event }) => (data.kind === 'reply' ? [{ ...event, data }] : []));
}

export function eventsOfType<Type extends JournalEvent['type']>(
  events: JournalEvent[],
  type: Type,
): Extract<JournalEvent, { type: Type }>[] {
  return events.filter((event): event is Extract<JournalEvent, { type: Type }> => event.type === type);
}
