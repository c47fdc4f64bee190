import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import type { ChatMessage, ChatModel } from '../../src/llm/chat-model.ts';
import { withContinueTurn } from '../../src/llm/reply/continue-turn.ts';
import { writeReply } from '../../src/llm/reply/write-reply.ts';
import { templateNames } from '../../src/workflows/shipped-workflows.ts';
import { systemClock } from '../../src/utils/clock.ts';
import { at, ProtocolClient } from '../support/protocol/protocol-client.ts';
import { startLlamaServer } from './start-llama-server.ts';
import { completedReplies, eventsOfType, teamOnLlama } from './team-on-llama.ts';

const requirement = 'A coupon store in Python. A coupon has a code and a discount.';
const say = (role: ChatMessage['role'], text: string): ChatMessage => ({ role, content: [{ type: 'text', text }] });
const messages = [
  say('system', 'You are a software team.'),
  say('user', `# Requirement\n\n${requirement}\n\n# Step 1 of 6: requirements_analysis\n\nYou act as the Business Analyst.`),
];

async function sharedModel(): Promise<ChatModel> {
  const connection = await teamOnLlama({ address: inject('llamaAddress') }).orchestrator.connect();
  return connection.model();
}

describe('read ÷ least possible is at most 1.05', () => {
  test.each(templateNames.flatMap((workflow) => [[workflow, 'linear', 1] as const, [workflow, 'graph', 2] as const]))(
    '%s, %s',
    async (workflow, turns, slots) => {
      const server = await startLlamaServer({ program: inject('llamaProgram'), slots, slotTokens: 16_384 });
      onTestFinished(() => server.stop());
      const { engine } = teamOnLlama({ address: server.address, settings: { max_concurrent_agents: slots } });
      const { ledger, status, transcript } = await engine.executeWorkflow(workflow, requirement);
      const branches = workflow === 'feature_development' || workflow === 'analysis';
      expect([status, transcript.turns]).toEqual(['completed', branches ? turns : 'linear']);
      expect(ledger.run.calls_untold).toBe(0);
      const ratio = (ledger.run.tokens_read ?? Number.NaN) / (ledger.run.tokens_ideal ?? Number.NaN);
      console.log(
        `${workflow}, ${transcript.turns}: read ${ledger.run.tokens_read}, least ${ledger.run.tokens_ideal}, ${ratio.toFixed(3)}`,
      );
      expect(ratio).toBeLessThanOrEqual(1.05);
      expect(ratio).toBeGreaterThan(0.95);
    },
  );
});

describe('a reply', () => {
  const write = async (model: ChatModel, plannedCap: number | undefined) => {
    let calls = 0;
    const reply = await writeReply({
      model,
      messagesFor: (saved) => (saved === '' ? messages : [...messages, say('assistant', saved)]),
      sampling: { temperature: 0 },
      plannedCap,
      retries: 0,
      clock: systemClock,
      onUpdate: ({ type }) => {
        if (type === 'call_started') calls += 1;
      },
    });
    return { ...reply, calls };
  };

  test('that is continued over small limits is the same text as one long reply at temperature 0', async () => {
    const model = await sharedModel();
    const whole = await write(model, undefined);
    const tokens = whole.usage.replyTokens ?? Number.NaN;
    const continued = await write(model, Math.ceil(tokens / 3));
    expect(continued.calls).toBeGreaterThanOrEqual(3);
    expect([continued.text, continued.finishReason]).toEqual([whole.text, 'stop']);
  });

  test.each([
    [[], true],
    [['--no-prefill-assistant'], false],
  ])('is continued by the server only where it says so: %j', async (flags, expected) => {
    const server = await startLlamaServer({ program: inject('llamaProgram'), flags });
    onTestFinished(() => server.stop());
    const model = (await teamOnLlama({ address: server.address }).orchestrator.connect()).model();
    expect(model.capabilities).toEqual({ countsTokens: true, continuesReplies: expected });
    const begun = [...messages, say('assistant', 'A coupon has')];
    const asked = expected ? begun : withContinueTurn(begun);
    const parts = await Array.fromAsync(model.stream({ messages: asked, sampling: { temperature: 0 }, maxTokens: 1 }));
    expect(parts.at(-1)).toMatchObject({ usage: { promptTokens: await model.countTokens(asked) } });
  });

  test('goes on from what arrived when the server is killed in mid-reply and started again', async () => {
    const server = await startLlamaServer({ program: inject('llamaProgram') });
    onTestFinished(() => server.stop());
    let again: Promise<void> | undefined;
    const { engine, events } = teamOnLlama({
      address: server.address,
      settings: { llm_max_retries: 5, llm_circuit_breaker_threshold: 1, max_concurrent_agents: 1 },
      onEvent: ({ type }) => {
        if (type !== 'call.started' || again !== undefined) return;
        again = untilItWrites(server.address)
          .then(() => server.stop())
          .then(() => startAgain(server.address));
      },
    });
    const result = await engine.executeWorkflow('documentation', requirement);
    await again;
    expect(result.error).toBeNull();
    const ended = eventsOfType(events, 'call.ended').map(({ data }) => data);
    expect(ended.find(({ error }) => error?.code === 'server.lost')?.error?.message).toContain("waits for the server's health");
    expect(ended.filter(({ heldBackMilliseconds }) => heldBackMilliseconds !== undefined)).not.toEqual([]);
    const [first] = completedReplies(events);
    const pieces = eventsOfType(events, 'reply.delta').filter(({ data }) => data.activity === first?.data.activity);
    expect(pieces.map(({ data }) => data.text ?? '').join('')).toBe(first?.data.text);
  });
});

/** The tiny model is done before the journal has its first words, so the server itself is asked. */
async function untilItWrites(address: string): Promise<void> {
  const client = new ProtocolClient(address);
  for (;;) {
    const { body } = await client.get('/slots');
    if (at(body, 0, 'is_processing') === true && Number(at(body, 0, 'next_token', 0, 'n_decoded')) > 5) return;
  }
}

/** Another server where one was; it is still loading when this returns. Ends with the test. */
function startAgain(address: string): void {
  const tinyModel = join(import.meta.dirname, '..', '..', 'models', 'tiny-team.gguf');
  const place = ['--host', '127.0.0.1', '--port', new URL(address).port];
  const child = spawn(inject('llamaProgram'), ['-m', tinyModel, ...place, '-np', '1', '-c', '8192', '--jinja', '-t', '1'], {
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
}
