import { onTestFinished } from 'vitest';
import type { SettingsInput } from '../../src/config/settings-schema.ts';
import type { EventType, JournalEvent } from '../../src/events/run-stream-events.ts';
import type { AgentOrchestratorOptions } from '../../src/orchestrator/agent-orchestrator-options.ts';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import { WorkflowEngine } from '../../src/orchestrator/workflow-engine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

export interface TeamOnLlamaOptions {
  address: string;
  settings?: SettingsInput;
  onLoading?: AgentOrchestratorOptions['onLoading'];
  onEvent?: (event: JournalEvent) => void;
  connect?: AgentOrchestratorOptions['connect'];
}

/** The team in a temporary workspace, on a real server. Ends with the test. */
export function teamOnLlama({ address, settings, onLoading, onEvent, connect }: TeamOnLlamaOptions) {
  const workspace = temporaryFolder();
  const events: JournalEvent[] = [];
  const orchestrator = new AgentOrchestrator({
    workspace,
    config: { workspace, output_directory: `${workspace}/output`, llm_base_url: address, ...settings },
    onLoading,
    connect,
    onEvent: (event) => {
      events.push(event);
      onEvent?.(event);
    },
  });
  onTestFinished(() => orchestrator.close());
  return { workspace, orchestrator, engine: new WorkflowEngine(orchestrator), events };
}

/** The replies that came to their end, of every task. */
export function completedReplies(events: JournalEvent[]) {
  return eventsOfType(events, 'activity.completed').flatMap(({ data, ...event }) => (data.kind === 'reply' ? [{ ...event, data }] : []));
}

export function eventsOfType<Type extends EventType>(events: JournalEvent[], type: Type): Extract<JournalEvent, { type: Type }>[] {
  return events.filter((event): event is Extract<JournalEvent, { type: Type }> => event.type === type);
}
