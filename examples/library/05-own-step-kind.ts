/** A kind of step of one's own, which asks no model, in a workflow with typed inputs and steps within steps. */
import { AgentOrchestrator, type StepKind, WorkflowEngine } from '@multiagent-team/multiagent';
import { z } from 'zod';

const options = z.object({ text: z.string() });
const countWords: StepKind<typeof options> = {
  name: 'count_words',
  options,
  needs: () => ({ model: false }),
  describe: ({ text }) => `Counts the words of ${text}`,
  execute: ({ options: { text } }) => Promise.resolve({ status: 'completed', outputs: { words: text.trim().split(/\s+/).length } }),
};

const orchestrator = new AgentOrchestrator({ config: { engine: 'embedded' } });
try {
  orchestrator.registerStepKind(countWords);
  const engine = new WorkflowEngine(orchestrator);
  engine.registerWorkflow({
    name: 'long-titles',
    inputs: { titles: { type: 'list' }, most: { type: 'number', default: 4 } },
    steps: [
      {
        id: 'each',
        kind: 'for_each',
        in: 'inputs.titles',
        steps: [
          { id: 'count', kind: 'count_words', text: '{{ item }}' },
          { id: 'pause', kind: 'wait', seconds: 0.01, depends_on: ['count'], when: 'steps.count.outputs.words > inputs.most' },
        ],
      },
    ],
  });
  const result = await engine.executeWorkflow('long-titles', '', { inputs: { titles: ['Bread', 'How to bake bread at home'] } });
  for (const { task_id, status } of Object.values(result.tasks)) console.log(`${task_id}: ${status}`);
} finally {
  await orchestrator.close();
}
