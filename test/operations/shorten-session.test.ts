import { describe, expect, it } from 'vitest';
import { findSession, headOfSession } from '../../src/operations/sessions.ts';
import { pinFacts } from '../../src/operations/pin-facts.ts';
import { shortenSession } from '../../src/operations/shorten-session.ts';
import { beginSession, takeTurn } from '../../src/operations/take-turn.ts';
import { undoTurn } from '../../src/operations/undo-turn.ts';
import { needsDigest } from '../../src/orchestrator/session/needs-digest.ts';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { variedWords } from '../support/varied-words.ts';
import { teamOnFake, type TeamOnFakeOptions } from '../support/team-on-fake.ts';

const long = (what: string, words = 400) =>
  `${what} is a long story, of which every word was said and read.\n\n${variedWords(what.length, words)}\n`;
const file = 'Here it is.\n\n```python:rate.py\nRATE = 20\n```\n';
const digest =
  'The person wants the rate at 20. It stands in rate.py, which was written for that. The story of the old rate was told, and nothing of it is open.\n';

interface Said {
  role: string;
  content: string;
}

/** A session with these replies, and what each request held. */
async function session(replies: readonly string[], options: TeamOnFakeOptions = {}) {
  const asked: Said[][] = [];
  const team = await teamOnFake({
    ...options,
    server: {
      contextTokens: 32_768,
      ...options.server,
      reply: ({ body }: RequestRecord) => {
        asked.push(body['messages'] as Said[]);
        return replies[asked.length - 1] ?? long('Anything');
      },
    },
  });
  const { orchestrator } = team;
  const { workspace, outputFolder, ownRuns, clock, store, settings } = orchestrator;
  const place = { workspace, outputFolder, ownRuns, clock, store, settings };
  const take = async (from: string | undefined, message: string) => {
    const started =
      from === undefined ? beginSession(orchestrator, { message }) : await takeTurn(orchestrator, from, { message, session: 'same' });
    return (await started.result).workflow_id;
  };
  const last = () => asked.at(-1)?.map(({ content }) => content) ?? [];
  return {
    orchestrator,
    place,
    asked,
    last,
    take,
    shorten: (run: string, askedBy?: 'program') => shortenSession(orchestrator, run, { askedBy }),
  };
}

const shortened = (result: Awaited<ReturnType<typeof shortenSession>>) => {
  if (result.kind !== 'shortened') throw new Error(result.why);
  return result;
};

describe('a session that is shortened', () => {
  it('is told as the digest from then on, and begins with the same bytes turn after turn', async () => {
    const { take, shorten, asked, last, place } = await session([long('The rate'), file, digest]);
    const second = await take(await take(undefined, 'Tell me of the rate.'), 'Make it 20.');
    const short = shortened(await shorten(second));
    expect([short.digest, short.quality, short.after < short.before]).toEqual([digest.trim(), 'sound', true]);
    // It is asked for behind all that was said, which is read from the cache.
    const [, two = [], three = []] = asked;
    expect(three.slice(0, two.length)).toEqual(two);
    const third = await take(short.run, 'What is the rate?');
    const four = asked.at(-1) ?? [];
    expect(last().join('\n')).not.toContain(long('The rate'));
    expect(four.slice(-2).map(({ content }) => content)).toEqual([digest, expect.stringContaining('What is the rate?')]);
    expect(four[0]).toEqual(two[0]);
    await take(third, 'And now?');
    expect(asked.at(-1)?.slice(0, four.length)).toEqual(four);
    expect((await findSession(place)).runs).toHaveLength(5);
  });

  it('holds what is certain beside what the model says: the newest words, and the files', async () => {
    const { take, shorten, last } = await session([long('The rate'), file, digest]);
    const { run } = shortened(await shorten(await take(await take(undefined, 'Tell me of the rate.'), 'Make it 20.')));
    await take(run, 'And now?');
    const words = last().join('\n');
    expect(words).toContain('- rate.py');
    expect(words).toContain('- Asked: Make it 20.\n  Answered: Here it is.');
  });

  it('shows a file again that it had written before the digest, before that is replaced', async () => {
    const again = '```python:rate.py\nRATE = 21\n```\n';
    const { take, shorten, last } = await session([long('The rate'), file, digest, again, again]);
    const { run } = shortened(await shorten(await take(await take(undefined, 'Tell me of the rate.'), 'Make it 20.')));
    await take(run, 'Make the rate in `rate.py` 21.');
    expect(last().at(-1)).toContain('RATE = 20');
  });

  it('is told whole again once the digest is taken back, and the turns before it can be, too', async () => {
    const { take, shorten, last, place } = await session([long('The rate'), file, digest]);
    const second = await take(await take(undefined, 'Tell me of the rate.'), 'Make it 20.');
    const { run } = shortened(await shorten(second));
    const undone = await undoTurn(place, run, { trust: true });
    expect(undone).toEqual({ what: 'digest', files: [], run: second });
    expect(await headOfSession(place, await findSession(place))).toBe(second);
    const { run: first } = await undoTurn(place, second, { trust: true });
    await take(first, 'And now?');
    expect(last().join('\n')).toContain('The rate is a long story');
    expect(last().join('\n')).not.toContain('Make it 20.');
  });

  it('goes with the newest turn where the digest was made by itself', async () => {
    const { take, shorten, last, place } = await session([long('The rate'), file, digest]);
    const first = await take(undefined, 'Tell me of the rate.');
    const { run } = shortened(await shorten(await take(first, 'Make it 20.'), 'program'));
    expect(await undoTurn(place, run, { trust: true })).toEqual({ what: 'turn', files: ['rate.py'], run: first });
    expect(await headOfSession(place, await findSession(place))).toBe(first);
    await take(first, 'And now?');
    expect(last().join('\n')).toContain('The rate is a long story');
    expect(last().join('\n')).not.toContain('Make it 20.');
  });

  it('is no turn where sessions are listed, and the turn after it is one', async () => {
    const { take, shorten, place } = await session([long('The rate'), digest, file]);
    const { run } = shortened(await shorten(await take(undefined, 'Tell me of the rate.')));
    expect(await findSession(place)).toMatchObject({ turns: 1, runs: { length: 2 } });
    await take(run, 'Make it 20.');
    expect(await findSession(place)).toMatchObject({ turns: 2, runs: { length: 3 } });
  });

  it('keeps only the newest words, and says so, where the digest says hardly anything', async () => {
    const { take, shorten } = await session([long('The rate'), file, 'The rate was changed to 20 in rate.py.\n']);
    const result = await shorten(await take(await take(undefined, 'Tell me of the rate.'), 'Make it 20.'));
    expect(result).toMatchObject({ kind: 'shortened', quality: 'poor' });
  });

  it.each([
    ['is no shorter', [file, long('The digest', 1000)], 'no shorter'],
    ['is empty', [file, '\n', '\n'], 'empty'],
  ])('goes on as it was where the digest %s', async (_, replies, why) => {
    const { take, shorten, last, place } = await session(replies);
    const first = await take(undefined, 'Make it 20.');
    expect(await shorten(first, 'program')).toEqual({ kind: 'kept', why: expect.stringContaining(why) });
    expect(await headOfSession(place, await findSession(place))).toBe(first);
    await take(first, 'And now?');
    expect(last().join('\n')).toContain('Make it 20.');
  });

  it('has nothing to shorten before something new was said, or for a model that is told no earlier turns', async () => {
    const { take, shorten } = await session([long('The rate'), digest]);
    const { run } = shortened(await shorten(await take(undefined, 'Tell me of the rate.')));
    const nothing = { code: 'session.nothing_to_shorten' };
    await expect(shorten(run)).rejects.toMatchObject(nothing);
    const small = await session([], { settings: { prompt_layout: 'contract' } });
    await expect(small.shorten(await small.take(undefined, 'Tell me of the rate.'))).rejects.toMatchObject(nothing);
  });
});

describe('what is pinned', () => {
  const count = (words: string[]) => words.join('\n').split('- The API stays as it is.').length - 1;

  it('is told once, and again behind a digest, whoever is taken back', async () => {
    const { take, shorten, last, place, orchestrator } = await session([long('The rate'), long('More'), long('Even more'), digest]);
    const first = await take(undefined, 'Tell me of the rate.');
    await pinFacts(place, first, ['The API stays  as it is.\n'], { trust: true });
    const second = await take(first, 'More.');
    const third = await take(second, 'Even more.');
    expect([count(last()), last().at(-1)?.includes('Keep in mind')]).toEqual([1, false]);
    const { run } = shortened(await shorten(third));
    await take(run, 'And now?');
    expect(last().at(-1)).toContain('Keep in mind:\n- The API stays as it is.');
    await pinFacts(place, third, ['Something else'], { trust: true });
    const { run: before } = await undoTurn(place, third, { trust: true });
    expect((await orchestrator.loadRun(before)).pins).toEqual(['Something else']);
  });

  it.each([[['']], [['x'.repeat(301)]], [Array.from({ length: 21 }, (_, index) => `fact ${index}`)]])('is refused: %j', async (facts) => {
    const { take, place } = await session([]);
    const run = await take(undefined, 'Tell me of the rate.');
    await expect(pinFacts(place, run, facts, { trust: true })).rejects.toMatchObject({ code: 'session.bad_pin' });
  });
});

it('a session needs a digest where the newest exchange took most of the context, and turns are much of it', async () => {
  const { take, orchestrator } = await session([long('One'), 'Two.\n'.repeat(2), long('Three')], { server: { contextTokens: 4096 } });
  const first = await take(undefined, 'Tell me of the rate.');
  const state = await orchestrator.loadRun(await take(first, 'More of it, please.'));
  const record = [...state.activities.values()].findLast(({ kind }) => kind === 'reply');
  if (record?.kind !== 'reply') throw new Error('there is a reply');
  const withPrompt = (promptTokens: number) => {
    record.calls = [{ call: 1, continues: 0, usage: { promptTokens, replyTokens: 1 } }];
    return needsDigest({ ...state, contextTokens: 2000 });
  };
  expect([withPrompt(1300), withPrompt(1500)]).toEqual([false, true]);
  expect(needsDigest({ ...state, contextTokens: 2000, transcript: { ...state.transcript, layout: 'contract' } })).toBe(false);
});
