import { expect, inject, onTestFinished, test } from 'vitest';
import { chatMessageText } from '../../src/llm/chat/chat-message-text.ts';
import type { ChatModel, ChatRequest, ChatStreamPart } from '../../src/llm/chat-model.ts';
import { connectModel } from '../../src/local-engine/connect-model.ts';
import type { ConnectOptions } from '../../src/local-engine/connect-options.ts';
import { type RunningLlamaServer, startLlamaServer } from './start-llama-server.ts';
import { filesOfRun } from './files-of-run.ts';
import { completedReplies, eventsOfType, teamOnLlama } from './team-on-llama.ts';

const requirement = 'A coupon store in Python. A coupon has a code and a discount.';
const settings = { llm_temperature: 0, max_concurrent_agents: 1, llm_max_retries: 0, task_retry_attempts: 0 };

async function twoServers(): Promise<RunningLlamaServer[]> {
  const servers = [
    await startLlamaServer({ program: inject('llamaProgram') }),
    await startLlamaServer({ program: inject('llamaProgram') }),
  ];
  onTestFinished(async () => void (await Promise.all(servers.map((server) => server.stop()))));
  return servers;
}

/** Connects as usual, and kills the server that writes the reply of this task once some pieces of it have arrived. */
function killingIn(task: string, servers: RunningLlamaServer[]) {
  const killed: string[] = [];
  const kill = (address: string) => {
    servers.find((server) => server.address === address)?.process.kill('SIGKILL');
    killed.push(address);
  };
  const isAsked = ({ messages }: ChatRequest) => messages.some((message) => chatMessageText(message).includes(`: ${task}\n`));
  async function* watched(model: ChatModel, request: ChatRequest): AsyncGenerator<ChatStreamPart> {
    let address = '';
    let pieces = 0;
    for await (const part of model.stream(request)) {
      if (part.type === 'sent') address = part.server;
      if (part.type === 'text') pieces += 1;
      if (pieces === 12 && killed.length === 0 && isAsked(request)) kill(address);
      yield part;
    }
  }
  const connect = async (options: ConnectOptions) => {
    const connection = await connectModel(options);
    const model = (name?: string): ChatModel => {
      const inner = connection.model(name);
      return {
        name: inner.name,
        capabilities: inner.capabilities,
        stream: (request) => watched(inner, request),
        countTokens: (messages, signal) => inner.countTokens(messages, signal),
      };
    };
    return { ...connection, model };
  };
  return { connect, killed };
}

test.each(['architecture_design', 'implementation'])(
  'one of two servers is killed while it writes %s: the run ends with the files of an undisturbed one, and nothing is generated twice',
  async (task) => {
    const undisturbed = teamOnLlama({ address: inject('llamaAddress'), settings });
    const expected = await undisturbed.engine.executeWorkflow('feature_development', requirement);

    const servers = await twoServers();
    const { connect, killed } = killingIn(task, servers);
    const llm_base_url = servers.map(({ address }) => ({ address }));
    const { engine, events, workspace } = teamOnLlama({ address: '', settings: { ...settings, llm_base_url }, connect });
    const result = await engine.executeWorkflow('feature_development', requirement);
    expect(result).toMatchObject({ status: 'completed', workflow_completed: true });
    expect(filesOfRun(workspace, result.workflow_id)).toEqual(filesOfRun(undisturbed.workspace, expected.workflow_id));

    const survivor = servers.find(({ address }) => address !== killed[0])?.address;
    expect(result.tasks[task]?.result?.servers).toEqual([killed[0], survivor]);
    const calls = eventsOfType(events, 'call.started').filter(({ data }) => data.activity === `${task}/1`);
    expect(calls).toHaveLength(2);
    for (const { data } of completedReplies(events)) {
      const pieces = eventsOfType(events, 'reply.delta').filter((delta) => delta.data.activity === data.activity);
      expect(pieces.map((delta) => delta.data.text ?? '').join(''), `the pieces of ${data.activity}, each once`).toBe(data.text);
    }
    expect(calls[1]?.data.continues).toBeGreaterThan(0);
    // What was finished elsewhere is not asked of the survivor.
    const tasks = Object.keys(result.tasks);
    const sentToSurvivor = eventsOfType(events, 'call.sent').filter(({ data }) => data.server === survivor);
    expect(sentToSurvivor.map(({ data }) => data.activity)).toEqual(tasks.slice(tasks.indexOf(task)).map((name) => `${name}/1`));
  },
);
