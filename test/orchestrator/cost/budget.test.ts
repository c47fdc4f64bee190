import { describe, expect, it } from 'vitest';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import { completedReplies, eventsOfType, startedReplies } from '../../support/team-on-fake.ts';
import { variedWords } from '../../support/varied-words.ts';
import { pricedTeam } from './priced-team.ts';

const bug = 'Fix the queue.';

/** Enough for the first calls of a run, whatever they count, and not for all. */
const forSome = 7;

describe('a budget', () => {
  it('lets a run rest before a call that could cost more than is left; nothing of it is spent twice or lost', async () => {
    const { engine, work, events } = await pricedTeam({ settings: { budget: forSome } });
    const result = await engine.executeWorkflow('bug_fix', bug);
    expect(result.status).toBe('waiting');
    const asked = work.requests.length;
    expect(asked).toBeGreaterThan(0);
    expect(completedReplies(events)).toHaveLength(asked);
    expect(result.cost?.least).toBeLessThanOrEqual(forSome);
    expect(result.cost?.left).toBeCloseTo(forSome - (result.cost?.least ?? NaN), 9);
    const [task] = result.waits_for?.budget?.tasks ?? [];
    expect(result.tasks[task ?? '']?.status).toBe('waiting');
    expect(result.waits_for?.budget?.why).toMatch(
      /^\$\d\.\d\d of the budget of \$7\.00 is left, and the next call to large of work can cost \$\d+\.\d\d even with a short reply\.$/,
    );
    expect(events.at(-1)?.type).toBe('run.waiting');
  });

  it('is raised when the run is resumed, which then goes on from there and is done', async () => {
    const { engine, orchestrator, work, events } = await pricedTeam({ settings: { budget: forSome } });
    const first = await engine.executeWorkflow('bug_fix', bug);
    const before = work.requests.length;
    const result = await orchestrator.resumeRun(first.workflow_id, { overrides: { budget: 200 } });
    expect(result).toMatchObject({ status: 'completed', waits_for: null, cost: { budget: 200 } });
    // No step is asked again that had its reply.
    const texts = startedReplies(events).map(({ data }) => data.task);
    expect(work.requests.length - before).toBe(result.total_tasks - before);
    expect(new Set(texts).size).toBe(result.total_tasks);
    expect(result.cost?.least).toBeGreaterThan(first.cost?.least ?? Infinity);
  });

  it('stays as it was raised for whoever resumes the run after that, and can be lowered', async () => {
    const { engine, orchestrator, work } = await pricedTeam({ settings: { budget: forSome } });
    const { workflow_id: run } = await engine.executeWorkflow('bug_fix', bug);
    const second = await orchestrator.resumeRun(run, { overrides: { budget: forSome + 2 } });
    expect(second).toMatchObject({ status: 'waiting', cost: { budget: forSome + 2 } });
    const asked = work.requests.length;
    // Not enough for a first call: it says so before it begins.
    await expect(orchestrator.resumeRun(run, { overrides: { budget: 1 } })).rejects.toMatchObject({
      category: 'usage',
      code: 'budget.too_small',
    });
    expect(work.requests).toHaveLength(asked);
    expect((await orchestrator.loadRun(run)).budget).toBe((forSome + 2) * 1e9);
  });

  it('is that of today for a run that had none, which then says so as any other does', async () => {
    const stop = new AbortController();
    const onEvent = ({ type }: JournalEvent) => {
      if (type === 'task.completed') stop.abort(new Error('stopped'));
    };
    const { engine, workspace, orchestrator } = await pricedTeam({ orchestrator: { onEvent } });
    const first = await engine.executeWorkflow('bug_fix', bug, {}, { signal: stop.signal });
    expect(first).toMatchObject({ status: 'interrupted', cost: { budget: null } });
    await orchestrator.close();
    const budget = forSome;
    const later = await pricedTeam({
      orchestrator: { workspace },
      settings: { workspace, output_directory: `${workspace}/output`, budget },
    });
    const second = await later.orchestrator.resumeRun(first.workflow_id);
    expect(second).toMatchObject({ status: 'waiting', cost: { budget } });
    expect(second.cost?.left).toBeLessThan(budget);
    expect(second.waits_for?.budget?.why).toContain('of the budget of $7.00 is left');
  });

  it('does not begin where it has no room for a first call, and says how much that takes', async () => {
    const { engine, events, work } = await pricedTeam({ settings: { budget: 0.5 } });
    const attempt = engine.executeWorkflow('bug_fix', bug);
    await expect(attempt).rejects.toMatchObject({
      category: 'usage',
      code: 'budget.too_small',
      message: expect.stringMatching(
        /^\$0\.50 of the budget is left, and a call of this run can cost \$\d\.\d\d even with a short reply: nothing could be asked\.$/,
      ) as string,
      hint: expect.stringMatching(/^Give it more: --budget \d\.\d+ may be enough for a first call/) as string,
    });
    expect(work.requests).toHaveLength(0);
    expect(events).toEqual([]);
  });

  it('ends also a run that would stay to wait for other things: only whoever resumes it can raise it', async () => {
    const { engine } = await pricedTeam({ settings: { budget: forSome } });
    const result = await engine.executeWorkflow('bug_fix', bug, {}, { whileWaiting: 'stay' });
    expect(result.status).toBe('waiting');
  });

  it('limits a reply to what is left, and that reply goes on when there is more', async () => {
    const long = variedWords(1, 1100);
    const dear = { input: 100, output: 1000 };
    const { engine, orchestrator, work, events } = await pricedTeam({
      prices: dear,
      work: { reply: () => long },
      settings: { budget: 1.7 },
    });
    const first = await engine.executeWorkflow('quick_answer', 'What is a queue?');
    expect(first.status).toBe('waiting');
    const cap = Number(work.requests[0]?.body['max_tokens']);
    expect(cap).toBeGreaterThanOrEqual(1024);
    expect(cap).toBeLessThan(1700);
    const [ended] = eventsOfType(events, 'call.ended').map(({ data }) => data);
    expect([ended?.finishReason, ended?.usage?.replyTokens]).toEqual(['length', cap]);
    expect(first.cost?.most).toBeLessThanOrEqual(1.7);
    const [begun] = [...(await orchestrator.loadRun(first.workflow_id)).activities.values()];
    const text = begun?.kind === 'reply' ? begun.text : '';
    expect(text).not.toBe('');
    expect(long.startsWith(text)).toBe(true);
    const result = await orchestrator.resumeRun(first.workflow_id, { overrides: { budget: 'none' } });
    expect(result.status).toBe('completed');
    const messages = work.requests[1]?.body['messages'] as { content: string }[];
    expect(messages.some(({ content }) => content.includes(text.slice(-200)))).toBe(true);
  });

  it('is shared by tasks that run at once: one waits for what the other has set aside, and says so', async () => {
    const step = (id: string) => ({
      kind: 'agent',
      id,
      role: 'developer',
      task_type: 'quick_answer',
      description: `Answer ${id}.`,
      expects: 'text' as const,
      priority: 1,
      depends_on: [],
    });
    const definition = { name: 'pair', title: 'Pair', description: 'Two at once.', steps: [step('one'), step('two')] };
    const events: JournalEvent[] = [];
    let goOn = () => {};
    const onEvent = (event: JournalEvent) => {
      events.push(event);
      if (event.type === 'budget.waited') goOn();
    };
    const { orchestrator, work } = await pricedTeam({
      work: { slots: 2, pace: 'manual' },
      settings: { budget: 12, max_concurrent_agents: 2, llm_max_tokens: 2000 },
      orchestrator: { onEvent },
    });
    goOn = () => work.gate.open();
    const result = await orchestrator.executeWorkflow({ definition, requirement: 'Two things.', files: [], context: {} });
    expect(result.status).toBe('completed');
    expect(result.cost?.most).toBeLessThanOrEqual(12);
    expect(eventsOfType(events, 'budget.waited')).toHaveLength(1);
  });
});

describe('where the budget is used up', () => {
  it('a model that costs nothing stands in if the person has named one, which is told', async () => {
    const { engine, server, events } = await pricedTeam({ settings: { budget: forSome, fallback: ['default'] } });
    const result = await engine.executeWorkflow('bug_fix', bug);
    expect(result.status).toBe('completed');
    expect(server.requests.length).toBeGreaterThan(0);
    const [fellBack] = eventsOfType(events, 'model.fell_back').map(({ data }) => data);
    expect(fellBack).toMatchObject({
      from: 'work',
      to: 'default',
      at: 'call',
      why: expect.stringContaining('of the budget of $7.00 is left') as string,
    });
    expect(result.cost?.most).toBeLessThanOrEqual(forSome);
  });

  it('steps whose model costs nothing go on, and the others rest', async () => {
    const { engine, server } = await pricedTeam({
      settings: { budget: 0, agents: { qa_engineer: { model: 'default' } } },
    });
    const result = await engine.executeWorkflow('bug_fix', bug);
    expect(result.status).toBe('waiting');
    expect(server.requests).toHaveLength(1);
    expect(result.tasks['bug_analysis']?.status).toBe('completed');
    expect(result.waits_for?.budget?.tasks).toEqual(['bug_fix']);
    expect(result.cost).toMatchObject({ least: 0, most: 0, budget: 0 });
  });

  it('is said of prices, not of tokens: a provider that costs nothing is not limited', async () => {
    const { engine } = await pricedTeam({ prices: { input: 0, output: 0 }, settings: { budget: 0 } });
    expect(await engine.executeWorkflow('bug_fix', bug)).toMatchObject({ status: 'completed', cost: { least: 0, most: 0 } });
  });
});
