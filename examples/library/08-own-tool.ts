/** A tool of one's own, which a step names: its model looks something up in this program before it replies. */
import { AgentOrchestrator, type ChatModel, type ModelConnection, type ProgramTool, WorkflowEngine } from '@multiagent-team/multiagent';
import { z } from 'zod';

const parameters = z.object({ part: z.string() });
const stockOf: ProgramTool<typeof parameters> = {
  name: 'stock_of',
  description: 'Tells how many pieces of a part are in stock.',
  example: 'stock_of("screw")',
  parameters,
  risk: 'read',
  execute: ({ part }) => Promise.resolve(`${part.length * 200} pieces`),
};

// Stands in for a model that is large enough to be offered tools. Leave out `connect` to use yours.
const capabilities = { countsTokens: false, continuesReplies: false };
const model: ChatModel = {
  name: 'stand-in',
  capabilities,
  countTokens: () => Promise.resolve(undefined),
  async *stream({ messages }) {
    const told = /\d+ pieces/.exec(JSON.stringify(messages.at(-1)))?.[0];
    yield { type: 'text', text: told === undefined ? 'stock_of("screw")\n' : `There are ${told} of it.\n` };
    yield { type: 'end', finishReason: 'stop', usage: {} };
  },
};
const server: ModelConnection['server'] = { address: 'http://127.0.0.1', engine: 'server', models: [], dialect: 'openai', capabilities };
const connect = () => Promise.resolve({ server, defaultModel: model.name, model: () => model, close: () => Promise.resolve() });

const orchestrator = new AgentOrchestrator({ tools: [stockOf], connect });
try {
  const engine = new WorkflowEngine(orchestrator);
  const count = { id: 'count', role: 'developer', task_type: 'counting', expects: 'text' } as const;
  engine.registerWorkflow({ name: 'count', steps: [{ ...count, tools: [stockOf.name] }] });
  console.log((await engine.executeWorkflow('count', 'How many screws are there?')).status);
} finally {
  await orchestrator.close();
}
