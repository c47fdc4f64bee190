import { describe, expect, it, onTestFinished, test, vi } from 'vitest';
import { resumeRun, retryRun } from '../../../src/operations/follow-up.ts';
import { startRun } from '../../../src/operations/start-run.ts';
import { MultiagentError } from '../../../src/utils/multiagent-error.ts';
import { atWork, type AutotaskOptions, startAutotaskServer, taskId } from '../../support/fake-botserver/autotask-server.ts';
import { eventsOfType, teamOnFake } from '../../support/team-on-fake.ts';
import type { SettingsInput } from '../../../src/config/settings-schema.ts';

const step = (more: object = {}) => ({
  id: 'build',
  kind: 'agent' as const,
  role: 'developer',
  task_type: 'implementation',
  description: 'Build it',
  depends_on: [],
  expects: 'files' as const,
  priority: 1,
  model: 'there/autotask',
  ...more,
});
const workflow = (...steps: ReturnType<typeof step>[]) => ({
  definition: { name: 'remote', title: 'Remote', description: 'Remote', steps },
  requirement: 'A todo list.',
  files: [],
  context: {},
});

async function teamWith(autotask: AutotaskOptions = {}, settings: SettingsInput = {}) {
  const remote = await startAutotaskServer(autotask);
  onTestFinished(() => remote[Symbol.asyncDispose]());
  const on = await teamOnFake({ settings: { providers: { there: { kind: 'botserver', base_url: remote.root } }, ...settings } });
  const posts = () => remote.calls.filter(({ method }) => method === 'POST').map(({ path }) => path.replace('/api/autotask/', ''));
  return { ...on, remote, posts };
}

const done = (output: string, more: object = {}) => ({ states: [{ status: 'Running' }, { status: 'Completed', output, ...more }] });
const files = 'Built.\n\n```python:src/todo.py\nprint("todo")\n```\n';

describe('a step that a team elsewhere does as a whole', () => {
  it('is handed over, followed, and its files are written here like those of any reply', async () => {
    const { orchestrator, events, server, remote, posts } = await teamWith(done(files));
    const result = await orchestrator.executeWorkflow(workflow(step()));
    expect(result.status).toBe('completed');
    expect(eventsOfType(events, 'artifact.written').map(({ data }) => data.path)).toEqual(['src/todo.py']);
    expect(eventsOfType(events, 'remote.accepted').map(({ data }) => data)).toEqual([{ activity: 'build/1', remoteTask: taskId }]);
    expect(posts()).toEqual(['classify', 'compile', 'execute']);
    expect(remote.calls.find(({ path }) => path.endsWith('classify'))?.body).toMatchObject({
      intent: expect.stringMatching(/# Requirement\n\nA todo list\.[^]*You act as the Developer\./),
    });
    // No model here wrote anything.
    expect(server.requests).toEqual([]);
    expect(result.tasks['build']?.result?.model).toBe('there/autotask');
    expect(result.egress).toMatchObject({ left: 'nothing', calls_unrecorded: 0 });
  });

  it('shows its stages and agents while it is at work, before it is over', async () => {
    const { orchestrator, events } = await teamWith({
      states: [...atWork(30), { status: 'Completed', output: files }],
      messages: [{ type: 'step_progress', task_id: taskId, step: 'plan', agent_id: 'mantis_1', message: 'Planning' }],
    });
    await orchestrator.executeWorkflow(workflow(step()));
    const shown = eventsOfType(events, 'remote.progress').map(({ data }) => data);
    expect(shown[0]).toEqual({ activity: 'build/1', stage: 'CLASSIFY', message: 'taken for APP_CREATE' });
    expect(shown).toContainEqual({ activity: 'build/1', stage: 'PLAN', agent: 'Mantis #1', message: 'Planning' });
  });

  it('is seen by steps after it, which a model here does', async () => {
    const { orchestrator, server } = await teamWith(done('The design says: use a file.'));
    const design = step({ id: 'design', task_type: 'architecture_design', expects: 'text' });
    const result = await orchestrator.executeWorkflow(workflow(design, step({ model: undefined, depends_on: ['design'] })));
    expect(result.status).toBe('completed');
    expect(JSON.stringify(server.requests[0]?.body)).toContain('The design says: use a file.');
  });

  it('names what was made there, and writes nothing for a name', async () => {
    const created_resources = [
      { resource_type: 'file', name: 'main.rs', path: '../../../etc/passwd' },
      { resource_type: 'table', name: 'us`ers\u001b[2J\n# Evil' },
    ];
    const { orchestrator, events } = await teamWith(done('Made the app.', { created_resources, app_url: 'http://there/app' }));
    const result = await orchestrator.executeWorkflow(workflow(step({ task_type: 'technical_review', expects: 'text' })));
    expect(result.status).toBe('completed');
    expect(eventsOfType(events, 'artifact.written').map(({ data }) => data.path)).toEqual(['01-technical_review.md']);
    const reply = eventsOfType(events, 'activity.completed').flatMap(({ data }) => (data.kind === 'reply' ? [data.text] : []))[0];
    expect(reply).toBe(
      "Made the app.\n\n## Made there, and not here\n\n- file `main.rs`, `../../../etc/passwd`\n- table `us'ers\\n# Evil`\n- to be used at `http://there/app`\n",
    );
    expect(eventsOfType(events, 'remote.progress').at(-1)?.data).toMatchObject({
      stage: 'MADE',
      message: "there, and not here: file `main.rs`, `../../../etc/passwd`; table `us'ers\\n# Evil`; to be used at `http://there/app`",
    });
  });

  test.each([
    ['no file', 'All is well there.', /^build: there\/autotask did not manage implementation: /],
    ['a file outside', 'Here.\n\n```python:../../evil.py\nprint(1)\n```\n', /Refused: .*evil\.py/],
    ['nothing', '', /did not manage implementation/],
  ])('fails where files are expected and the reply holds %s', async (_, output, says) => {
    const { orchestrator, events } = await teamWith(done(output));
    const result = await orchestrator.executeWorkflow(workflow(step()));
    expect(result.status).toBe('failed');
    expect(eventsOfType(events, 'run.finished')[0]?.data.error?.message).toMatch(says);
    expect(eventsOfType(events, 'artifact.written')).toEqual([]);
  });

  it('goes on there when the run is interrupted, and is attached to again, not begun anew', async () => {
    const states: object[] = [{ status: 'Running' }];
    const { orchestrator, events, posts } = await teamWith({ states });
    const stop = new AbortController();
    const { id, result } = startRun(orchestrator, workflow(step()), { signal: stop.signal });
    await expect.poll(() => eventsOfType(events, 'remote.accepted').length, { timeout: 20_000 }).toBe(1);
    stop.abort(new MultiagentError({ category: 'stopped', code: 'run.interrupted', message: 'Stopped.' }));
    expect((await result).status).toBe('interrupted');
    expect(posts()).toEqual(['classify', 'compile', 'execute']);
    states.push({ status: 'Completed', output: files });
    const again = await (await resumeRun(orchestrator, id)).result;
    expect(again.status).toBe('completed');
    expect(again.egress.left).toBe('nothing');
    expect(posts()).toEqual(['classify', 'compile', 'execute']);
    expect(eventsOfType(events, 'artifact.written').map(({ data }) => data.path)).toEqual(['src/todo.py']);
  });

  it('is begun anew where the other server has lost it', async () => {
    let known = true;
    let looks = 0;
    const { orchestrator, events, posts } = await teamWith({
      routes: {
        [`GET /api/autotask/tasks/${taskId}`]: (_, response) => {
          looks += 1;
          if (known) return { status: 'Running' };
          if (posts().length > 3) return { status: 'Completed', output: files };
          response.writeHead(404).end();
          return undefined;
        },
      },
    });
    const stop = new AbortController();
    const { id, result } = startRun(orchestrator, workflow(step()), { signal: stop.signal });
    await expect.poll(() => looks, { timeout: 20_000 }).toBeGreaterThan(0);
    stop.abort(new MultiagentError({ category: 'stopped', code: 'run.interrupted', message: 'Stopped.' }));
    await result;
    known = false;
    expect((await (await resumeRun(orchestrator, id)).result).status).toBe('completed');
    expect(posts()).toEqual(['classify', 'compile', 'execute', 'classify', 'compile', 'execute']);
    expect(eventsOfType(events, 'remote.progress').map(({ data }) => data.message)).toContainEqual(
      expect.stringContaining('It is handed over anew.'),
    );
  });

  it('is ended there when its run is cancelled', async () => {
    const { orchestrator, events, posts } = await teamWith({ states: [{ status: 'Running' }] });
    const stop = new AbortController();
    const { result } = startRun(orchestrator, workflow(step()), { signal: stop.signal });
    await expect.poll(() => eventsOfType(events, 'remote.accepted').length, { timeout: 20_000 }).toBe(1);
    stop.abort(new MultiagentError({ category: 'stopped', code: 'run.cancelled', message: 'Cancelled.' }));
    expect((await result).status).toBe('cancelled');
    expect(posts().at(-1)).toBe(`${taskId}/cancel`);
    expect(eventsOfType(events, 'activity.failed').map(({ data }) => data.error)).toMatchObject([
      { code: 'remote.ended', message: 'The server of the team was asked to end the task.' },
    ]);
  });

  it('is handed over anew when a cancelled run goes on, because it was ended there', async () => {
    let ended = false;
    const { orchestrator, events, posts } = await teamWith({
      routes: {
        [`GET /api/autotask/tasks/${taskId}`]: () => {
          if (posts().length > 4) return { status: 'Completed', output: files };
          return { status: ended ? 'Cancelled' : 'Running' };
        },
        [`POST /api/autotask/${taskId}/cancel`]: () => ((ended = true), { success: true }),
      },
    });
    const stop = new AbortController();
    const { id, result } = startRun(orchestrator, workflow(step()), { signal: stop.signal });
    await expect.poll(() => eventsOfType(events, 'remote.accepted').length, { timeout: 20_000 }).toBe(1);
    stop.abort(new MultiagentError({ category: 'stopped', code: 'run.cancelled', message: 'Cancelled.' }));
    expect((await result).status).toBe('cancelled');
    expect((await (await resumeRun(orchestrator, id)).result).status).toBe('completed');
    expect(posts().slice(3)).toEqual([`${taskId}/cancel`, 'classify', 'compile', 'execute']);
  });

  it('is handed over anew when a run in which it failed there is tried again', async () => {
    const { orchestrator, posts } = await teamWith({
      routes: {
        [`GET /api/autotask/tasks/${taskId}`]: () =>
          posts().length > 3 ? { status: 'Completed', output: files } : { status: 'Failed', error: 'out of disk' },
      },
    });
    const { id, result } = startRun(orchestrator, workflow(step()));
    expect((await result).status).toBe('failed');
    expect((await (await retryRun(orchestrator, id)).result).status).toBe('completed');
    expect(posts()).toEqual(['classify', 'compile', 'execute', 'classify', 'compile', 'execute']);
  });

  it('takes no longer than a task may, and is ended there and not followed again', async () => {
    const limit = 3600;
    const timers: AbortController[] = [];
    const real = AbortSignal.timeout.bind(AbortSignal);
    const spy = vi.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
      if (milliseconds !== limit * 1000) return real(milliseconds);
      const timer = new AbortController();
      timers.push(timer);
      return timer.signal;
    });
    onTestFinished(() => spy.mockRestore());
    let ended = false;
    const { orchestrator, events, posts } = await teamWith(
      {
        routes: {
          [`GET /api/autotask/tasks/${taskId}`]: () => {
            if (posts().length > 4) return { status: 'Completed', output: files };
            return { status: ended ? 'Cancelled' : 'Running' };
          },
          [`POST /api/autotask/${taskId}/cancel`]: () => ((ended = true), { success: true }),
        },
      },
      { task_timeout: limit },
    );
    const { result } = startRun(orchestrator, workflow(step({ retries: 1 })));
    await expect.poll(() => eventsOfType(events, 'remote.accepted').length, { timeout: 20_000 }).toBe(1);
    timers[0]?.abort(new DOMException('It took too long.', 'TimeoutError'));
    expect((await result).status).toBe('completed');
    expect(eventsOfType(events, 'task.waiting')[0]?.data.error).toMatchObject({
      code: 'task.timeout',
      message: expect.stringContaining('task_timeout'),
    });
    expect(posts()).toEqual(['classify', 'compile', 'execute', `${taskId}/cancel`, 'classify', 'compile', 'execute']);
  });

  it('is done by a model here where a person has said so, visibly', async () => {
    const { orchestrator, events, server } = await teamWith(
      { states: [{ status: 'Failed', error: 'out of disk' }] },
      { fallback: ['default'], default_model: 'there/autotask' },
    );
    const result = await orchestrator.executeWorkflow(workflow(step()));
    expect(result.status).toBe('completed');
    expect(eventsOfType(events, 'model.fell_back').map(({ data }) => data)).toEqual([
      { task: 'build', from: 'there/autotask', to: 'default', at: 'call', why: expect.stringContaining('out of disk') },
    ]);
    expect(server.requests.length).toBeGreaterThan(0);
    expect(eventsOfType(events, 'artifact.written').length).toBeGreaterThan(0);
  });

  it('fails with what the team said where nothing stands in', async () => {
    const { orchestrator, events } = await teamWith({ states: [{ status: 'Failed', error: 'out of disk' }] });
    expect((await orchestrator.executeWorkflow(workflow(step()))).status).toBe('failed');
    expect(eventsOfType(events, 'task.failed')[0]?.data.error).toMatchObject({
      code: 'remote.failed',
      message: expect.stringContaining('out of disk'),
    });
  });
});
