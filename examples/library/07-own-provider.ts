/** A model of one's own: whatever can answer a list of messages. This one looks its answers up in a table. */
import { AgentOrchestrator, type ChatModel, type ModelConnection } from '@multiagent-team/multiagent';

const answers = [['Greet', '```python:src/greet.py\nprint("Hello")\n```\n']] as const;

const model: ChatModel = {
  name: 'table',
  // It counts nothing, so that lengths are estimated, and no reply can be gone on with.
  capabilities: { countsTokens: false, continuesReplies: false },
  countTokens: () => Promise.resolve(undefined),
  async *stream({ messages, signal }) {
    const asked = messages.flatMap(({ content }) => content.map((part) => (part.type === 'text' ? part.text : ''))).join('\n');
    const [, answer = 'I do not know.'] = answers.find(([word]) => asked.includes(word)) ?? [];
    signal?.throwIfAborted();
    yield { type: 'text', text: answer };
    yield { type: 'end', finishReason: 'stop', usage: {} };
  },
};

const connection: ModelConnection = {
  // What a server would tell of itself. The address is for people: nothing is sent there.
  server: { address: 'http://127.0.0.1', engine: 'server', models: [model.name], dialect: 'openai', capabilities: model.capabilities },
  defaultModel: model.name,
  model: () => model,
  close: () => Promise.resolve(),
};

const orchestrator = new AgentOrchestrator({ connect: () => Promise.resolve(connection) });
try {
  const task = { taskType: 'implementation', description: 'Implement it', requirement: 'Greet in Python.', expects: 'files' } as const;
  const { status, result, error } = await orchestrator.executeTask(task, 'dev_001');
  console.log(status, error ?? result?.files_created.map(({ path }) => path));
} finally {
  await orchestrator.close();
}
