import { describe, expect, it, onTestFinished, test } from 'vitest';
import type { RemoteProgress, RemoteTeam } from '../../../../../src/llm/remote-team.ts';
import {
  atWork,
  type AutotaskOptions,
  frame,
  startAutotaskServer,
  taskId,
  textFrame,
} from '../../../../support/fake-botserver/autotask-server.ts';
import { watchingRequests } from '../../../../../src/llm/destinations/request-watch.ts';
import { message } from '../../../model-on-fake.ts';
import { connectWork } from '../../connect-support.ts';

const question = [message('system', 'Team.'), message('user', 'Build it.')];

async function teamOn(options: AutotaskOptions = {}) {
  const server = await startAutotaskServer(options);
  onTestFinished(() => server[Symbol.asyncDispose]());
  const connection = await connectWork('botserver', { address: server.root, model: 'autotask' });
  const team = connection.team?.('autotask');
  if (team === undefined) throw new Error('it does no whole steps');
  const told: RemoteProgress[] = [];
  const following = { signal: new AbortController().signal, onProgress: (one: RemoteProgress) => (told.push(one), Promise.resolve()) };
  const posts = () => server.calls.filter(({ method }) => method === 'POST').map(({ path }) => path.replace('/api/autotask/', ''));
  return { server, connection, team, told, following, posts };
}

const idOf = (begun: Awaited<ReturnType<RemoteTeam['begin']>>) => ('id' in begun ? begun.id : 'done');

describe('the agents of a botserver together', () => {
  it('are there under the name autotask alone', async () => {
    const { connection } = await teamOn();
    expect(connection.team?.('builder')).toBeUndefined();
    expect(connection.model('autotask').name).toBe('autotask');
  });

  test.each([
    ['plan', ['classify', 'compile', 'execute']],
    ['intent', ['classify', 'execute']],
  ] as const)('take a step up in the shape %s', async (shape, calls) => {
    const { team, following, posts, server, told } = await teamOn({ shape });
    expect(idOf(await team.begin(question, following))).toBe(taskId);
    expect(posts()).toEqual(calls);
    // Both shapes are asked alike, and nothing is done before it is told apart.
    expect(server.calls.find(({ path }) => path.endsWith('classify'))?.body).toEqual({
      intent: 'Team.\n\nBuild it.',
      text: 'Team.\n\nBuild it.',
      auto_process: false,
    });
    expect(told).toEqual([{ stage: 'CLASSIFY', message: 'taken for APP_CREATE' }]);
  });

  it('take it up by creating a task where plans are not known', async () => {
    const { team, following, posts } = await teamOn({
      routes: {
        'POST /api/autotask/compile': (_, response) => void response.writeHead(404).end(),
        'POST /api/autotask/create': (_, response) => void response.writeHead(202).end(JSON.stringify({ task_id: 'c1', status: 'Draft' })),
      },
    });
    expect(idOf(await team.begin(question, following))).toBe('c1');
    expect(posts()).toEqual(['classify', 'compile', 'create']);
  });

  it('may be done at once', async () => {
    const { team, following } = await teamOn({
      shape: 'intent',
      routes: { 'POST /api/autotask/execute': () => ({ success: true, task_id: 't', stages_completed: ['PLAN'], message: 'Made.' }) },
    });
    expect(await team.begin(question, following)).toEqual({ result: { text: 'Made.', created: [] } });
  });

  it('are followed to their end, with what they say meanwhile', async () => {
    const { team, following, told, server } = await teamOn({
      states: [...atWork(30), { status: 'PendingApproval' }, { status: 'PendingApproval' }, { status: 'Completed', output: 'All of it.' }],
      messages: [
        { type: 'connected', message: 'hello' },
        { type: 'step_progress', task_id: taskId, step: 'build', message: 'Building' },
        { type: 'agent_thought', task_id: 'another', details: 'mantis_1', message: 'not ours' },
      ],
    });
    expect(await team.follow(taskId, following)).toEqual({ text: 'All of it.', created: [] });
    expect(told.filter(({ message: said }) => said.startsWith('waits'))).toEqual([
      { stage: 'WAIT', message: 'waits for somebody there (PendingApproval)' },
    ]);
    expect(told).toContainEqual({ stage: 'BUILD', message: 'Building' });
    expect(JSON.stringify(told)).not.toContain('not ours');
    const upgrade = server.calls.find(({ method }) => method === 'UPGRADE');
    expect([upgrade?.path, upgrade?.headers.authorization]).toEqual([`/ws/task-progress/${taskId}`, 'Bearer key-of-work']);
  });

  test.each<[string, AutotaskOptions]>([
    ['there is no WebSocket', {}],
    ['it says nonsense', { messages: ['<html>', '{', '[]', '7'] }],
    ['it sends what is no frame', { frames: Buffer.from('HTTP/1.1 200 OK\r\n\r\n<html>') }],
    ['it sends a message without an end', { frames: frame(1, Buffer.alloc(1024 * 1024 + 5)).subarray(0, 100) }],
    ['it closes at once', { frames: frame(8, Buffer.alloc(0)) }],
    ['it says that another task is over', { messages: [{ type: 'pipeline_complete', task_id: 'another' }] }],
    ['it says that all is over while the task is at work', { messages: [{ type: 'pipeline_complete', task_id: taskId }] }],
  ])('come to their end by looking at the task, also where %s', async (_, options) => {
    const { team, following } = await teamOn(options);
    expect(await team.follow(taskId, following)).toEqual({ text: 'All done there.', created: [] });
  });

  it('tell a bounded number of things, however many are sent', async () => {
    const flood = Buffer.concat(
      Array.from({ length: 4000 }, (_, index) =>
        textFrame(
          JSON.stringify({ type: 'step_progress', task_id: taskId, step: index % 2 === 0 ? 'plan' : 'build', message: `m${index}` }),
        ),
      ),
    );
    const { team, following, told } = await teamOn({
      states: [...atWork(2000), { status: 'Completed' }],
      frames: flood,
    });
    await team.follow(taskId, following);
    expect(told.length).toBeLessThanOrEqual(2001);
  });

  it('are watched on every way, also when they are listened to', async () => {
    const { team, following } = await teamOn({ messages: [] });
    const hosts: string[] = [];
    await watchingRequests(
      ({ host, where }) => (hosts.push(`${host} ${where}`), Promise.resolve()),
      async () => {
        await team.begin(question, following);
        await team.follow(taskId, following);
      },
    );
    // Three questions, the WebSocket, two looks.
    expect(hosts.length).toBe(6);
    expect(new Set(hosts)).toEqual(new Set([`${hosts[0]}`]));
  });

  test.each<[string, AutotaskOptions, string, RegExp]>([
    ['fails', { states: [{ status: 'Failed', error: 'disk\u001b[2J full' }] }, 'remote.failed', /did not manage the step: disk full$/],
    ['was cancelled there', { states: [{ status: 'Cancelled' }] }, 'remote.failed', /Cancelled/],
    [
      'is not known',
      { routes: { [`GET /api/autotask/tasks/${taskId}`]: (_, response) => void response.writeHead(404).end() } },
      'remote.unknown_task',
      /does not know the task task-1/,
    ],
    ['stands as nobody knows', { states: [{ status: 'Levitating' }] }, 'provider.not_understood', /where how its task stands was expected/],
    [
      'is a page',
      {
        routes: {
          [`GET /api/autotask/tasks/${taskId}`]: (_, response) => void response.writeHead(200).end('<!doctype html><title>Sign in</title>'),
        },
      },
      'provider.page',
      /Sign in/,
    ],
    [
      'leads elsewhere',
      {
        routes: {
          [`GET /api/autotask/tasks/${taskId}`]: (_, response) =>
            void response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
        },
      },
      'server.redirected',
      /redirects are not followed/,
    ],
  ])('a task that %s is an error that says so', async (_, options, code, says) => {
    const { team, following } = await teamOn(options);
    await expect(team.follow(taskId, following)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(says),
      hint: expect.any(String),
    });
  });

  it('may be away for some looks, and are lost after more', async () => {
    let looks = 0;
    const away = (many: number): AutotaskOptions => ({
      routes: {
        [`GET /api/autotask/tasks/${taskId}`]: (_, response) => {
          if ((looks += 1) > many) return { status: 'Completed', message: 'Back.' };
          response.destroy();
          return undefined;
        },
      },
    });
    const back = await teamOn(away(4));
    expect(await back.team.follow(taskId, back.following)).toMatchObject({ text: 'Back.' });
    looks = 0;
    const lost = await teamOn(away(100));
    await expect(lost.team.follow(taskId, lost.following)).rejects.toMatchObject({ kind: 'transient', code: 'server.lost' });
    expect(looks).toBe(5);
  });

  test.each<[string, object, string, RegExp]>([
    [
      'asks back',
      { success: true, requires_clarification: true, clarification_question: 'Which database?' },
      'remote.unclear',
      /asks back before it begins: Which database\?/,
    ],
    ['refuses', { success: false, error: 'No capacity.' }, 'remote.failed', /did not manage the step: No capacity\./],
    ['says something else', { choices: [] }, 'provider.not_understood', /the beginning of a task/],
  ])('a server that %s begins nothing', async (_, answer, code, says) => {
    const { team, following, posts } = await teamOn({ routes: { 'POST /api/autotask/classify': () => answer } });
    await expect(team.begin(question, following)).rejects.toMatchObject({ code, message: expect.stringMatching(says) });
    expect(posts()).toEqual(['classify']);
  });

  it('are asked for nothing else by the name of a task, which a journal from elsewhere may say', async () => {
    const { team, following, server } = await teamOn();
    const before = server.calls.length;
    for (const id of ['../../admin', '..', 'a/b', '?x', '', 'a%2Fb']) {
      await expect(team.follow(id, following)).rejects.toMatchObject({ code: 'remote.unknown_task' });
      await team.cancel(id);
    }
    expect(server.calls.length).toBe(before);
  });

  it('end with what recording throws, at once and as it was', async () => {
    const fault = new Error('somebody else owns the run');
    const following = { signal: new AbortController().signal, onProgress: () => Promise.reject(fault) };
    const begun = await teamOn();
    await expect(begun.team.begin(question, following)).rejects.toBe(fault);
    expect(begun.posts()).toEqual(['classify']);
    const waiting = await teamOn({ states: [{ status: 'PendingApproval' }] });
    await expect(waiting.team.follow(taskId, following)).rejects.toBe(fault);
    expect(waiting.server.calls.filter(({ path }) => path.endsWith(taskId) && path.startsWith('/api')).length).toBe(1);
  });

  it('are not quoted with the key that they were asked with', async () => {
    const { team, following } = await teamOn({
      routes: { 'POST /api/autotask/classify': () => ({ success: false, error: 'key-of-work is not known' }) },
    });
    await expect(team.begin(question, following)).rejects.toMatchObject({ message: expect.not.stringContaining('key-of-work') });
  });

  it('are asked to end a task, by whichever path they know, and nothing comes of it if they do not', async () => {
    const { team, posts } = await teamOn();
    await team.cancel(taskId);
    await team.cancel('other');
    expect(posts()).toEqual([`${taskId}/cancel`, 'other/cancel', 'tasks/other/cancel']);
  });
});
