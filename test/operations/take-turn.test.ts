import { describe, expect, it } from 'vitest';
import { findSession, listSessions, runOfTurn } from '../../src/operations/sessions.ts';
import { beginSession, takeTurn } from '../../src/operations/take-turn.ts';
import { undoRun } from '../../src/operations/undo-run.ts';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { eventsOfType, teamOnFake, type TeamOnFakeOptions } from '../support/team-on-fake.ts';

const file = (content: string) => `Here it is.\n\n\`\`\`python:rate.py\n${content}\`\`\`\n`;
const words = 'The rate is 19, and it stands in the first line of rate.py.\n';

/** A session on a stand-in that answers these in turn. */
async function sessionOn(answers: readonly string[], options: TeamOnFakeOptions = {}) {
  const asked: string[][] = [];
  const team = await teamOnFake({
    ...options,
    server: {
      contextTokens: 32_768,
      reply: ({ body }: RequestRecord) => {
        asked.push((body['messages'] as { content: string }[]).map(({ content }) => content));
        return answers[asked.length - 1] ?? words;
      },
    },
  });
  const { orchestrator } = team;
  const begin = async (message: string, how = {}) => beginSession(orchestrator, { message }, how).result;
  const take = async (run: string, message: string, session: 'same' | 'new' = 'same') =>
    (await takeTurn(orchestrator, run, { message, session })).result;
  return { ...team, asked, begin, take, place: { workspace: orchestrator.workspace, store: orchestrator.store } };
}

describe('a turn of a session', () => {
  it.each([
    ['words', words, []],
    ['files', file('RATE = 20\n'), ['rate.py']],
    ['a quotation without a name, which is no file', `${words}\n\`\`\`python\nRATE = 20\n\`\`\`\n`, []],
  ])('is done with %s', async (_, answer, files) => {
    const { begin, events } = await sessionOn([answer]);
    expect((await begin('The rate?')).status).toBe('completed');
    expect(eventsOfType(events, 'artifact.written').map(({ data }) => data.path)).toEqual(files);
  });

  it('is asked for once more where the reply says nothing, and fails then', async () => {
    const { begin, asked } = await sessionOn(['\n', ' \n']);
    const { status, error } = await begin('The rate?');
    expect([status, asked.length]).toEqual(['failed', 2]);
    expect(JSON.stringify(error)).toContain('empty');
  });

  it('names files that it need not write, and does not fail for them', async () => {
    const { begin } = await sessionOn([words]);
    expect((await begin('What does `other.py` do, and `missing/thing.py`?')).status).toBe('completed');
  });

  it('begins with all that was said before, byte for byte', async () => {
    const { begin, take, asked } = await sessionOn([words, file('RATE = 20\n')]);
    const first = await begin('Which rate is it?');
    const second = await take(first.workflow_id, 'Make it 20.');
    await take(second.workflow_id, 'Thanks.');
    const [one = [], two = [], three = []] = asked;
    expect(two.slice(0, one.length)).toEqual(one);
    expect(three.slice(0, two.length)).toEqual(two);
    expect(two[one.length]).toBe(words);
  });

  it('may be taken on top of a failed one, as if that had not been said', async () => {
    const { begin, take, asked } = await sessionOn([words, '\n', '\n', words]);
    const first = await begin('Which rate is it?');
    const failed = await take(first.workflow_id, 'Say nothing.');
    expect(failed.status).toBe('failed');
    expect((await take(failed.workflow_id, 'Say something.')).status).toBe('completed');
    expect(asked.at(-1)?.join('\n')).not.toContain('Say nothing.');
  });
});

describe('sessions', () => {
  it('are told apart: what goes on, and what was forked', async () => {
    const { begin, take, place } = await sessionOn([]);
    const first = await begin('one');
    const second = await take(first.workflow_id, 'two');
    const fork = await take(first.workflow_id, 'other', 'new');
    const found = await listSessions(place);
    expect(found.map(({ session, message, runs }) => [session, message, runs])).toEqual([
      [fork.workflow_id, 'other', [fork.workflow_id]],
      [first.workflow_id, 'two', [second.workflow_id, first.workflow_id]],
    ]);
    expect((await findSession(place, second.workflow_id)).session).toBe(first.workflow_id);
    expect((await findSession(place)).session).toBe(fork.workflow_id);
  });

  it('know the run of each turn', async () => {
    const { begin, take, place } = await sessionOn([]);
    const first = await begin('one');
    const second = await take(first.workflow_id, 'two');
    const session = await findSession(place);
    expect(await Promise.all([1, 2].map((number) => runOfTurn(place, session, number)))).toEqual([first.workflow_id, second.workflow_id]);
    await expect(runOfTurn(place, session, 3)).rejects.toMatchObject({ code: 'session.no_turn' });
  });

  it('are none where nothing was said', async () => {
    const { place } = await sessionOn([]);
    expect(await listSessions(place)).toEqual([]);
    await expect(findSession(place)).rejects.toMatchObject({ code: 'session.none' });
  });

  it('forget a turn whose files were all taken back', async () => {
    const { begin, take, place, asked } = await sessionOn([words, file('RATE = 20\n'), words]);
    const first = await begin('Which rate is it?');
    const second = await take(first.workflow_id, 'Make it 20.');
    await undoRun(place, second.workflow_id, { task: 'turn_2', trust: true });
    await take(second.workflow_id, 'What now?');
    expect(asked.at(-1)?.join('\n')).not.toContain('Make it 20.');
  });
});

describe('what a turn may call', () => {
  const permissions = { risks: { read: 'allow', write: 'refuse', execute: 'ask', network: 'refuse' }, allowed: [] } as const;

  it('is asked about, and a call that is refused is told to the model', async () => {
    const { begin, asked } = await sessionOn(['execute_command("echo hello")\n', words]);
    const open: (string | undefined)[] = [];
    const ask = ({ firstArgument }: { firstArgument: string | undefined }) => {
      open.push(firstArgument);
      return Promise.resolve('refuse' as const);
    };
    expect((await begin('Try it.', { calls: { permissions, ofOthers: permissions, ask } })).status).toBe('completed');
    expect(open).toEqual(['echo hello']);
    expect(asked.at(-1)?.at(-1)).toContain('The person did not allow it');
  });

  it('is nothing for a model that does best with one sentence', async () => {
    const profile = { match: 'fake', instructions: 'plain' as const };
    const { begin, asked, events } = await sessionOn([words], { settings: { model_profiles: [profile] } });
    expect((await begin('Which rate is it?')).status).toBe('completed');
    expect(asked.join('\n')).not.toContain('read_file');
    expect(eventsOfType(events, 'activity.started').every(({ data }) => data.kind === 'reply')).toBe(true);
  });
});

describe('a small model', () => {
  const settings = {
    model_profiles: [{ match: 'fake', instructions: 'plain' as const }],
    prompt_layout: 'contract' as const,
    verify: 'off' as const,
  };

  it('is asked about one file at a time, and may answer in words', async () => {
    const { begin, take, events, asked } = await sessionOn([file('RATE = 19\n'), words, file('RATE = 20\n')], { settings });
    const first = await begin('Write rate.py with the rate 19.');
    const second = await take(first.workflow_id, 'Which rate does rate.py have?');
    expect([first.status, second.status]).toEqual(['completed', 'completed']);
    expect(asked.at(-1)?.at(-1)).toContain('Asked: Write rate.py with the rate 19.\n  Answered: ');
    const third = await take(second.workflow_id, 'Make the rate in rate.py 20.');
    expect(asked.at(-1)?.at(-1)).not.toContain('Answered:');
    expect(third.status).toBe('completed');
    const written = eventsOfType(events, 'artifact.written').filter(({ correlation }) => correlation === third.workflow_id);
    expect(written.at(-1)?.data).toMatchObject({ path: 'rate.py', task: 'turn_3' });
    expect(asked.at(-1)?.at(-1)).toContain('Give the complete content of the file rate.py');
  });
});
