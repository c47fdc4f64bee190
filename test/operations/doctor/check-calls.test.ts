import { describe, expect, it, onTestFinished } from 'vitest';
import { checkCalls } from '../../../src/operations/doctor/check-calls.ts';
import type { FakeLlamaServerOptions } from '../../support/fake-llama-server/options.ts';
import type { ScriptedReply } from '../../support/fake-llama-server/plan-reply.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { modelOn } from '../../llm/model-on-fake.ts';

const call = (name: string, said: string): ScriptedReply => ({ text: '', calls: [{ name, arguments: said }] });
const read = call('read_file', '{"path":"notes/number.txt"}');

async function checked(answers: readonly (string | ScriptedReply)[], options: FakeLlamaServerOptions = {}) {
  const server = await startFakeLlamaServer({ reply: ({ index }) => answers[index] ?? '', ...options });
  onTestFinished(() => server.close());
  return checkCalls(modelOn(server));
}

describe('native calls of a model', () => {
  it('are proved where it calls what it is asked for and reads what that says', async () => {
    expect(await checked([read, 'It is 4711.'])).toMatchObject({
      state: 'ok',
      message: 'the model calls tools natively and reads what they say',
      hint: expect.stringContaining('calls: native') as string,
    });
  });

  it.each<[string, readonly (string | ScriptedReply)[], FakeLlamaServerOptions, string]>([
    ['replies in text', ['read_file("notes/number.txt")'], {}, 'calls none natively and replies in text'],
    ['calls another tool', [call('search_files', '{"text":"number"}')], {}, 'calls other tools natively'],
    ['calls with arguments that are no JSON', [call('read_file', '{"path":')], {}, 'calls other tools natively'],
    ['does not read the answer', [read, 'I do not know.'], {}, 'does not read what they say'],
    [
      'writes what its server cannot read',
      ['I look.'],
      {
        faults: [
          {
            when: 0,
            fault: {
              kind: 'error_event',
              afterChunks: 1,
              message: 'The model produced output that does not match the expected peg-native format',
            },
          },
        ],
      },
      'cannot read',
    ],
    ['has a server that takes no tools', [read], { tools: 'refused' }, 'takes no native calls'],
  ])('are not proved where it %s, and nothing is advised', async (_, answers, options, words) => {
    const finding = await checked(answers, options);
    expect(finding).toMatchObject({ check: 'calls', state: 'ok', message: expect.stringContaining(words) as string });
    expect(finding.hint).toBeUndefined();
  });
});
