import type { JournalEvent } from '../../src/events/run-stream-events.ts';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import { onTestFinished } from 'vitest';
import { instantClock } from '../support/instant-clock.ts';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { analysis, teamWithSteps } from '../orchestrator/step-kinds/team-with-steps.ts';

/** Three steps, each after the one before: two texts with a program between them. */
export const threeSteps = [
  analysis('first'),
  {
    id: 'second',
    role: 'developer',
    task_type: 'implementation',
    description: 'Write it.',
    expects: 'files' as const,
    depends_on: ['first'],
  },
  analysis('third', ['second'], 'documentation'),
];

const usual = {
  first: '# Analysis\n\nThe lamp has three colours, and each can be chosen.\n',
  second: 'Here it is.\n\n```python:lamp.py\nCOLOURS = 3\n```\n',
  third: '# Manual\n\nChoose a colour with the button on the side.\n',
};

export type Step = keyof typeof usual;

export interface SteeredOptions {
  /** Called while the model writes the reply of a step, before it answers. */
  during?: ((step: Step, run: string, person: () => AgentOrchestrator) => Promise<void>) | undefined;
  layout?: 'transcript' | 'contract' | 'material' | undefined;
  steps?: Parameters<typeof teamWithSteps>[0];
  /** What the model says instead. */
  replies?: Partial<Record<Step, string>>;
  /** How many steps run at once. */
  parallel?: number;
}

/** A run of these steps, and people in processes of their own who steer it. */
export async function steeredRun({ during, layout = 'transcript', steps = threeSteps, replies, parallel = 1 }: SteeredOptions = {}) {
  let run = '';
  const asked: { step: Step; message: string; prompt: string }[] = [];
  const reply = async ({ body }: RequestRecord) => {
    const messages = body['messages'] as { role: string; content: string }[];
    const message = messages.findLast(({ role }) => role === 'user')?.content ?? '';
    const step: Step = message.includes('Write it.') ? 'second' : message.includes('(third)') ? 'third' : 'first';
    asked.push({ step, message, prompt: messages.map(({ content }) => content).join('\n') });
    await during?.(step, run, person);
    return { ...usual, ...replies }[step];
  };
  const team = await teamWithSteps(steps, {
    server: { reply, slots: parallel, contextTokens: 32_768 * parallel },
    settings: { prompt_layout: layout, max_concurrent_agents: parallel },
    orchestrator: {
      onEvent: (event: JournalEvent) => {
        run = event.correlation;
      },
    },
  });
  const person = () => {
    const orchestrator = new AgentOrchestrator({
      workspace: team.workspace,
      clock: instantClock(),
      config: {
        workspace: team.workspace,
        output_directory: `${team.workspace}/output`,
        llm_base_url: team.server.address,
        verify: 'off',
        prompt_layout: layout,
      },
    });
    onTestFinished(() => orchestrator.close());
    return orchestrator;
  };
  return { ...team, asked, person, start: () => team.run(undefined, 'stay') };
}
