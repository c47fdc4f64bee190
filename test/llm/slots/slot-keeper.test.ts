import { chatMessageText } from '../../../src/llm/chat/chat-message-text.ts';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forkFiles } from '../../../src/llm/slots/fork-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { message } from '../model-on-fake.ts';
import { beginning, branch, connectToFake, replyTo } from './connect-to-fake.ts';

const { signal } = new AbortController();
const fewTokens = 20;
const whole = { messages: beginning, last: 'whole' as const };

describe('two branches', () => {
  it.each(['kept', 'cleared'] as const)('read only what is their own, on a server where slots at rest are %s', async (idleSlots) => {
    const { server, model } = await connectToFake({ idleSlots, pace: 'manual' });
    expect(await model.prepare({ ...whole, branches: 2 })).toMatchObject({ copies: 'kept' });
    const replies = Promise.all([replyTo(model, branch('testing')), replyTo(model, branch('deployment'))]);
    await server.gate.waiting(2);
    server.gate.open();
    await replies;
    expect(new Set(server.requests.map(({ slot }) => slot)).size).toBe(2);
    for (const { readTokens } of server.requests) expect(readTokens).toBeLessThan(fewTokens);
    // The slot that was saved needs nothing.
    expect(server.calls.filter(({ path }) => path.startsWith('/slots/')).map(({ body }) => body)).toHaveLength(3);
  });

  it('lose nothing by a request that is sent before them', async () => {
    const { server, model } = await connectToFake({ slots: 3, idleSlots: 'cleared', contextTokens: 30_000 });
    await model.prepare({ ...whole, branches: 2 });
    await replyTo(model, [message('system', 'Another team.'), message('user', 'Something else.')]);
    await Promise.all([replyTo(model, branch('testing')), replyTo(model, branch('deployment'))]);
    for (const { readTokens } of server.requests) expect(readTokens).toBeLessThan(fewTokens);
  });

  it('that were read before are not read again for the copy', async () => {
    const { model } = await connectToFake();
    await replyTo(model, beginning.slice(0, 2));
    const first = await model.prepare({ ...whole, branches: 2 });
    expect(first.usage.readTokens).toBeGreaterThan(fewTokens);
    const again = await model.prepare({ ...whole, branches: 2 });
    expect(again.usage.readTokens).toBeLessThan(fewTokens);
  });

  it('that part in the middle of a message share what stands before', async () => {
    const { server, model } = await connectToFake();
    const input = beginning.slice(0, 2);
    await model.prepare({ messages: input, last: 'beginning', branches: 2 });
    const goOn = (name: string) => [...input.slice(0, 1), message('user', `${'Keep the requirement in mind. '.repeat(60)}${name}`)];
    await Promise.all([replyTo(model, goOn('Test it.')), replyTo(model, goOn('Ship it.'))]);
    for (const { readTokens } of server.requests) expect(readTokens).toBeLessThan(fewTokens);
  });

  it('nothing is read or saved where slots cannot be saved', async () => {
    const { server, model } = await connectToFake({ savesSlots: 'no' });
    expect(await model.prepare({ ...whole, branches: 2 })).toEqual({ usage: {}, copies: 'none' });
    await model.prepare({ ...whole, branches: 2 });
    expect(server.calls.filter(({ path }) => path.startsWith('/slots/'))).toHaveLength(1);
    expect(server.completions.readTokens).toBe(0);
  });

  it('a server with one slot is not even asked', async () => {
    const { server, connection, model } = await connectToFake({ slots: 1 });
    expect([await connection.slots?.canFork(), await model.prepare({ ...whole, branches: 3 })]).toEqual([
      false,
      { usage: {}, copies: 'none' },
    ]);
    expect(server.calls.filter(({ path }) => path.startsWith('/slots'))).toEqual([]);
  });

  it('go on without the copy where it is gone, or where the server does not tell which slots are idle', async () => {
    const { server, model } = await connectToFake();
    await model.prepare({ ...whole, branches: 2 });
    await server.restart();
    await Promise.all([replyTo(model, branch('testing')), replyTo(model, branch('deployment'))]);
    expect(server.requests.map(({ outcome }) => outcome)).toEqual(['finished', 'finished']);

    const mute = await connectToFake({ missingPaths: ['/slots'] });
    await mute.model.prepare({ ...whole, branches: 2 });
    expect(await replyTo(mute.model, branch('testing'))).toBe('One two three.');
    expect(mute.server.requests[0]?.body).not.toHaveProperty('id_slot');
  });
});

describe('pins', () => {
  it('are not set where nothing is shared', async () => {
    const { server, model } = await connectToFake();
    await replyTo(model, branch('testing'));
    expect(server.requests[0]?.body).not.toHaveProperty('id_slot');
  });

  it('are not set for a reply that goes on: it goes where its beginning is', async () => {
    const { server, model } = await connectToFake();
    await model.prepare({ ...whole, branches: 3 });
    await replyTo(model, branch('testing'));
    await replyTo(model, [...branch('testing'), message('assistant', 'One two three.'), message('user', 'Go on. '.repeat(80))]);
    expect(server.requests[0]?.body).toHaveProperty('id_slot');
    expect(server.requests[1]?.body).not.toHaveProperty('id_slot');
  });

  it('are set for as many as were announced', async () => {
    const { server, model } = await connectToFake();
    await model.prepare({ ...whole, branches: 2 });
    for (const name of ['a', 'b', 'c']) await replyTo(model, branch(name));
    expect(server.requests.map(({ body }) => 'id_slot' in body)).toEqual([true, true, false]);
  });

  it('never make a branch wait for a request that shares nothing', async () => {
    const { server, model } = await connectToFake({ pace: 'manual' });
    await model.prepare({ ...whole, branches: 2 });
    const other = [message('system', 'Another team.'), message('user', 'Something else.')];
    const replies = Promise.all([replyTo(model, other), replyTo(model, branch('testing'))]);
    await server.gate.waiting(2);
    server.gate.open();
    await replies;
    expect(server.requests[1]?.readTokens).toBeLessThan(fewTokens);
  });

  it('never let a third branch wait for a busy slot while another is idle', async () => {
    const { server, model } = await connectToFake({ slots: 3, contextTokens: 30_000, pace: 'manual' });
    await model.prepare({ ...whole, branches: 3 });
    const replies = Promise.all(['a', 'b', 'c'].map((name) => replyTo(model, branch(name))));
    await server.gate.waiting(3);
    expect(server.accounting().totals.mostAtOnce).toBe(3);
    server.gate.open();
    await replies;
    for (const { readTokens } of server.requests) expect(readTokens).toBeLessThan(fewTokens);
  });
});

describe('what is saved', () => {
  it('has one of a few names, however often something is', async () => {
    const { server, model } = await connectToFake();
    for (let round = 0; round < 9; round += 1) {
      await model.prepare({ messages: [...branch(`round ${round}`), message('assistant', 'Done.')], last: 'whole', branches: 2 });
    }
    const names = server.calls
      .filter(({ path }) => path.startsWith('/slots/'))
      .map(({ body }) => (JSON.parse(body) as { filename: string }).filename);
    expect(new Set(names.filter((name) => name !== '/'))).toEqual(new Set(forkFiles(server.address)));
  });

  it('of two servers never has the same name, because both may save in one folder', async () => {
    const saved = async () => {
      const { server, model } = await connectToFake();
      await model.prepare({ ...whole, branches: 2 });
      return server.calls
        .filter(({ path }) => path.startsWith('/slots/'))
        .map(({ body }) => (JSON.parse(body) as { filename: string }).filename);
    };
    const [one, other] = [new Set(await saved()), new Set(await saved())];
    one.delete('/');
    other.delete('/');
    expect(one.size).toBe(1);
    expect(one.isDisjointFrom(other)).toBe(true);
  });

  it('is removed at the end where the folder is known, and nothing else is', async () => {
    const folder = temporaryFolder();
    const { server, connection, model } = await connectToFake({}, { slotFolder: folder });
    const files = [...forkFiles(server.address), 'mine.bin'].map((name) => join(folder, name));
    for (const file of files) writeFileSync(file, 'saved');
    await model.prepare({ ...whole, branches: 2 });
    await connection.close();
    expect(files.map((file) => existsSync(file))).toEqual([false, false, false, false, true]);
  });

  it('stays where nothing of it was saved by this connection', async () => {
    const folder = temporaryFolder();
    const { server, connection, model } = await connectToFake({}, { slotFolder: folder });
    const file = join(folder, forkFiles(server.address)[0] ?? '');
    writeFileSync(file, 'saved by somebody else');
    await replyTo(model, branch('testing'));
    await connection.close();
    expect(existsSync(file)).toBe(true);
  });
});

describe('reading ahead', () => {
  it('leaves only the last token to the request', async () => {
    const { server, model } = await connectToFake({ slots: 1 });
    const { usage } = await model.prepare({ messages: branch('testing'), last: 'whole', branches: 1 });
    await replyTo(model, branch('testing'));
    expect(usage.readTokens).toBe(server.completions.readTokens);
    expect(server.requests[0]).toMatchObject({ readTokens: 1, newTokens: 0 });
  });

  it('that is aborted tells what was read by then, and frees the slot', async () => {
    const { server, connection, model } = await connectToFake({ slots: 1, batchTokens: 100, promptPace: 'manual' });
    const controller = new AbortController();
    const prepared = model.prepare({ messages: branch('testing'), last: 'whole', branches: 1, signal: controller.signal });
    await server.promptGate.waiting();
    server.promptGate.release(2);
    await server.promptGate.waiting();
    controller.abort();
    const { usage } = await prepared;
    expect([0, 100, 200]).toContain(usage.readTokens ?? 0);
    expect(model.held(branch('testing'))).toBe(0);
    server.promptGate.open();
    await connection.slots?.settled();
    await replyTo(model, branch('testing'));
    expect(server.requests[0]?.cacheTokens).toBeGreaterThanOrEqual(200);
  });

  it.each([
    ['a server that renders no template', { missingPaths: ['/apply-template'] }],
    ['a server that completes no prompt', { missingPaths: ['/completion'] }],
  ])('does nothing on %s', async (_, options) => {
    const { model } = await connectToFake(options);
    expect(await model.prepare({ ...whole, branches: 1 })).toEqual({ usage: {}, copies: 'none' });
  });

  it('does nothing where the server is gone', async () => {
    const { server, model } = await connectToFake();
    await server.kill();
    expect(await model.prepare({ ...whole, branches: 2 })).toEqual({ usage: {}, copies: 'none' });
  });
});

describe('what a model holds', () => {
  it('is what it has read and written, as far as the next prompt begins with it', async () => {
    const { model } = await connectToFake();
    expect(model.held(branch('testing'))).toBe(0);
    const reply = await replyTo(model, branch('testing'));
    const next = [...branch('testing'), message('assistant', reply)];
    const text = next.reduce((sum, said) => sum + chatMessageText(said).length, 0);
    expect(model.held(next)).toBeGreaterThanOrEqual(text);
    expect(model.held(branch('deployment'))).toBeLessThan(model.held(next));
    expect(model.held([message('system', 'Another team.')])).toBeLessThan(30);
  });

  it('is nothing that only another model behind the same server has read', async () => {
    const { connection, model } = await connectToFake();
    await replyTo(model, branch('testing'));
    expect(connection.model('another').held?.(branch('testing'))).toBe(0);
  });

  it('is not told by servers that tell nothing of their slots', async () => {
    const { connection } = await connectToFake({ missingPaths: ['/props'] });
    expect(connection.slots).toBeUndefined();
    expect(connection.model()).toMatchObject({ held: undefined, prepare: undefined });
  });

  it('is unknown after a request that was broken off before it began', async () => {
    const { model } = await connectToFake();
    await expect(replyTo(model, branch('testing'), AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    expect(model.held(branch('testing'))).toBe(0);
    expect(signal.aborted).toBe(false);
  });
});
