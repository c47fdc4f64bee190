import diagnostics from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgentOrchestrator } from '../src/orchestrator/agent-orchestrator.ts';
import { WorkflowEngine } from '../src/orchestrator/workflow-engine.ts';
import { startFakeLlamaServer } from '../test/support/fake-llama-server/start-fake-llama-server.ts';

export interface Dispatch {
  /** From the moment a task is ready until the first byte of its request leaves. */
  medianMilliseconds: number;
  slowestMilliseconds: number;
  tasks: number;
  /** Of the shortest transcript that was measured, by the server's count. */
  transcriptTokens: number;
}

const steps = 40;

/** The time between a task becoming ready and its request, including the (fake) server's count of the prompt. */
export async function measureDispatch(): Promise<Dispatch> {
  const workspace = mkdtempSync(join(tmpdir(), 'bench-dispatch-'));
  await using server = await startFakeLlamaServer({ contextTokens: 65_536, reply: () => 'Noted, and nothing to add to it.' });
  const delays: number[] = [];
  let ready: number | undefined;
  const leaving = (message: unknown) => {
    const { request } = message as { request: { path: string } };
    if (!request.path.endsWith('/chat/completions') || ready === undefined) return;
    delays.push(performance.now() - ready);
    ready = undefined;
  };
  diagnostics.subscribe('undici:client:sendHeaders', leaving);
  const orchestrator = new AgentOrchestrator({
    workspace,
    config: {
      workspace,
      llm_base_url: server.address,
      max_concurrent_agents: 1,
      model_profiles: [{ match: 'fake', instructions: 'brief' }],
    },
    // The event that completes one task makes the next one ready.
    onEvent: ({ type }) => {
      if (type === 'task.completed') ready = performance.now();
    },
  });
  try {
    const engine = new WorkflowEngine(orchestrator);
    engine.registerWorkflow({
      name: 'chain',
      title: 'Chain',
      description: 'A chain of small steps.',
      steps: Array.from({ length: steps }, (_, index) => ({
        id: `step_${index + 1}`,
        role: 'business_analyst',
        task_type: 'note',
        description: 'Say what you note.',
        depends_on: index === 0 ? [] : [`step_${index}`],
        expects: 'text' as const,
      })),
    });
    const result = await engine.executeWorkflow('chain', 'A sentence of a long requirement, as people write them. '.repeat(550));
    if (result.status !== 'completed') throw new Error(`The measured run is ${result.status}: ${result.error}`);
    const sorted = delays.toSorted((a, b) => a - b);
    return {
      medianMilliseconds: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
      slowestMilliseconds: sorted.at(-1) ?? Number.NaN,
      tasks: sorted.length,
      transcriptTokens: server.requests[0]?.promptTokens ?? Number.NaN,
    };
  } finally {
    diagnostics.unsubscribe('undici:client:sendHeaders', leaving);
    await orchestrator.close();
    rmSync(workspace, { recursive: true });
  }
}
