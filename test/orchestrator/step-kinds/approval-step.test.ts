import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { undoRun } from '../../../src/operations/undo-run.ts';
import { standingFiles } from '../../../src/orchestrator/artifacts/standing-files.ts';
import { hashContent } from '../../../src/utils/hash-content.ts';
import { unexplainedShrinking } from '../../support/prefix-guard.ts';
import { eventsOfType } from '../../support/team-on-fake.ts';
import { approval, day, files, program, releaseSteps, restingRun } from './people.ts';
import { checkDefinition } from '../../../src/workflows/definition-problems.ts';
import { StepKindRegistry } from '../../../src/orchestrator/step-kinds/step-kind-registry.ts';
import { analysis, definitionOf, teamWithSteps } from './team-with-steps.ts';

const approved = { decision: 'approved' } as const;
const rejected = { decision: 'rejected', comment: 'Greet in French.' } as const;

describe('what is asked', () => {
  it('is in the journal before anybody is asked, with the files, their hashes and a diff, and the run rests', async () => {
    const { first, events, state, read } = await restingRun(releaseSteps({ timeout: '3d' }));
    expect(first).toMatchObject({ status: 'waiting', waits_for: { signals: [] } });
    const asked = eventsOfType(events, 'task.asked');
    expect(asked).toHaveLength(1);
    expect(asked[0]?.data).toMatchObject({
      task: 'release',
      round: 1,
      wants: 'approval',
      ask: 'May this go out?',
      against: 'project',
      shown: [{ path: 'greet.py', task: 'implementation', sha256: (await state()).artifacts.at(-1)?.sha256 }],
      diff: `--- /dev/null\n+++ b/greet.py\n@@ -0,0 +1,1 @@\n+print("version 1")\n`,
      leftOut: 0,
    });
    expect(asked[0]!.data.until! - asked[0]!.time).toBeGreaterThan(2.5 * day);
    expect(read('greet.py')).toContain('version 1');
    expect(events.map(({ type }) => type).indexOf('task.asked')).toBeLessThan(events.map(({ type }) => type).indexOf('run.waiting'));
  });

  it('is compared with the file of the project, if it has one', async () => {
    const steps = [{ id: 'pause', kind: 'wait', description: 'Wait.', signal: 'go' }, ...releaseSteps()] as Parameters<
      typeof restingRun
    >[0];
    steps[1] = { ...steps[1]!, depends_on: ['pause'] };
    const { workspace, run, later } = await restingRun(steps);
    writeFileSync(join(workspace, 'greet.py'), 'print("old")\n');
    await later().signalRun(run, 'go');
    await later().resumeRun(run);
    const { tasks } = await later().loadRun(run);
    expect(tasks.get('release')?.question?.diff).toBe(
      '--- a/greet.py\n+++ b/greet.py\n@@ -1,1 +1,1 @@\n-print("old")\n+print("version 1")\n',
    );
  });

  test.each([
    ['the steps that it depends on', {}, ['greet.py']],
    ['the steps that it names', { show: ['analysis'] }, ['01-requirements_analysis.md']],
  ])('shows what %s wrote', async (_, options, paths) => {
    const steps = [
      analysis('analysis'),
      { ...files('developer', 'implementation', ['analysis']) },
      { id: 'pause', kind: 'wait', description: 'A step that writes nothing.', seconds: 1, depends_on: ['implementation'] },
      approval({ depends_on: ['pause'], ...options }),
    ];
    const { state } = await restingRun(steps);
    expect((await state()).tasks.get('release')?.question?.shown.map(({ path }) => path)).toEqual(paths);
  });

  it('fails before anybody is asked where a step that joins the run escalates to one that cannot ask', async () => {
    const { engine, events, orchestrator } = await teamWithSteps([{ id: 'pause', kind: 'wait', seconds: 1 }]);
    const release = { ...approval({ on_timeout: { escalate: 'after' } }), depends_on: [], priority: 1 };
    orchestrator.registerStepKind({
      name: 'grow',
      options: z.object({}),
      needs: () => ({ model: false }),
      execute: async ({ woken }) => (woken === undefined ? { status: 'expanded', steps: [release] } : { status: 'completed' }),
    });
    engine.registerWorkflow(definitionOf('growing', [{ id: 'grow', kind: 'grow', description: 'Grow.' }]));
    const result = await engine.executeWorkflow('growing', 'Build it.');
    const message = 'It escalates to after, which has to be an approval that depends on grow/release.';
    expect(result).toMatchObject({ status: 'failed', error: `grow/release: ${message}` });
    expect(eventsOfType(events, 'task.failed')[0]?.data.error.code).toBe('approval.unknown_step');
    expect(eventsOfType(events, 'task.asked')).toEqual([]);
  });

  test.each([
    ['show', { show: ['implementaton'] }, 'steps[1].show[0]: there is no step implementaton; did you mean implementation?'],
    ['on_timeout', { on_timeout: { escalate: 'lead' } }, 'steps[1].on_timeout.escalate: there is no step lead'],
  ])('a definition whose %s names a step that is not there is refused', (_, options, message) => {
    const definition = definitionOf('house', releaseSteps(options));
    expect(checkDefinition(definition, new StepKindRegistry().declarations)).toMatchObject({ valid: false, problems: [{ message }] });
  });
});

describe('an approved run', () => {
  it('goes on, and later steps are told nothing of a mere yes', async () => {
    const { decide, resume, state, lastPrompt } = await restingRun(releaseSteps());
    await decide(approved, { by: 'Ann' });
    expect((await resume()).status).toBe('completed');
    const { tasks } = await state();
    expect(tasks.get('release')).toMatchObject({
      status: 'completed',
      because: 'Ann approved it.',
      outputs: { decision: 'approved', by: 'Ann' },
    });
    expect(tasks.get('release')?.turn).toBeUndefined();
    expect(JSON.stringify(lastPrompt())).not.toContain('May this go out?');
  });

  it.each([['contract'], ['material'], ['transcript']] as const)(
    'tells later steps what the person said, in the layout %s',
    async (prompt_layout) => {
      const { decide, resume, lastPrompt } = await restingRun(releaseSteps(), { settings: { prompt_layout } });
      await decide({ ...approved, comment: 'Ship it on Monday.' });
      expect((await resume()).status).toBe('completed');
      const prompt = JSON.stringify(lastPrompt());
      expect(prompt.split('Ship it on Monday.')).toHaveLength(2);
      expect(prompt).toContain('May this go out?');
    },
  );
});

describe("a person's own version of a file", () => {
  const mine = 'print("mine")\n';

  it('given with the decision stands, is recorded as theirs, and is what later steps see', async () => {
    const { decide, resume, state, read, lastPrompt } = await restingRun(releaseSteps());
    await decide({ ...approved, edits: [{ path: 'greet.py', content: mine }] });
    expect((await resume()).status).toBe('completed');
    expect(read('greet.py')).toBe(mine);
    const { artifacts, collisions } = await state();
    expect(artifacts.at(-2)).toMatchObject({ task: 'release', path: 'greet.py', format: 'person', outcome: 'updated' });
    expect(collisions).toEqual([]);
    expect(JSON.stringify(lastPrompt())).toContain('They changed greet.py.');
  });

  it('made on the disk before it was shown stands as well', async () => {
    const { decide, resume, read, write, state } = await restingRun(releaseSteps());
    write('greet.py', mine);
    await expect(decide(approved)).rejects.toMatchObject({ code: 'decision.stale' });
    expect((await state()).tasks.get('release')?.question?.diff).toContain('+print("mine")');
    await decide(approved);
    expect((await resume()).status).toBe('completed');
    expect(read('greet.py')).toBe(mine);
    expect((await state()).artifacts.findLast(({ path }) => path === 'greet.py')).toMatchObject({ task: 'release', format: 'person' });
  });
});

describe("a person's own version that was given before", () => {
  const mine = 'print("mine")\n';
  const edits = [{ path: 'greet.py', content: mine }];

  it('stands again when it is given once more, after the author has changed it', async () => {
    const { decide, resume, read, state } = await restingRun(releaseSteps());
    await decide({ ...rejected, edits });
    await resume();
    expect(read('greet.py')).toContain('version 2');
    await decide({ ...approved, edits });
    expect((await resume()).status).toBe('completed');
    expect(read('greet.py')).toBe(mine);
    expect((await state()).artifacts.findLast(({ path }) => path === 'greet.py')).toMatchObject({ task: 'release', format: 'person' });
  });

  it('after a rework and without a word stands in a run that builds on this one, too', async () => {
    const { decide, resume, write, state, later, run } = await restingRun(releaseSteps());
    await decide(rejected);
    await resume();
    write('greet.py', mine);
    await expect(decide(approved)).rejects.toMatchObject({ code: 'decision.stale' });
    await decide(approved);
    expect((await resume()).status).toBe('completed');
    const { workflow_id: next, status } = await later().rerunFrom(run, { from: 'after' });
    expect(status).toBe('completed');
    const standing = (of: Awaited<ReturnType<typeof state>>) =>
      standingFiles(of).map(({ path, task, sha256 }) => [path, task, path === 'greet.py' ? sha256 : undefined]);
    expect(standing(await later().loadRun(next))).toEqual(standing(await state()));
    expect(standing(await state())).toContainEqual(['greet.py', 'release', hashContent(Buffer.from(mine))]);
  });

  it('and undone since is not taken over into a run that builds on this one', async () => {
    const { decide, resume, state, later, run } = await restingRun(releaseSteps());
    await decide({ ...approved, edits });
    expect((await resume()).status).toBe('completed');
    await undoRun(later(), run, { task: 'release' });
    const { workflow_id: next } = await later().rerunFrom(run, { from: 'after' });
    const standing = (of: Awaited<ReturnType<typeof state>>) => standingFiles(of).find(({ path }) => path === 'greet.py');
    expect(standing(await later().loadRun(next))).toEqual(standing(await state()));
    expect(standing(await state())).toMatchObject({ task: 'implementation' });
  });

  it('and is in the journal no more fails the step instead of being forgotten', async () => {
    const { decide, resume, workspace, state } = await restingRun(releaseSteps());
    await decide({ ...approved, edits });
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(join(workspace, '.multiagent', 'state.db'), { enableForeignKeyConstraints: false });
    database.prepare('DELETE FROM content WHERE sha256 = ?').run(hashContent(Buffer.from(mine)));
    database.close();
    expect(await resume()).toMatchObject({
      status: 'failed',
      error: "release: The journal no longer holds the person's version of greet.py.",
    });
    expect((await state()).tasks.get('release')?.error?.code).toBe('approval.version_lost');
  });
});

it('a change that the model could not be asked for fails the step, which names it', async () => {
  const { decide, resume, state } = await restingRun(releaseSteps(), {
    server: { faults: [{ when: 1, fault: { kind: 'status', status: 401 } }] },
  });
  await decide(rejected);
  expect((await resume()).status).toBe('failed');
  const { tasks } = await state();
  expect(tasks.get('release')?.error).toMatchObject({
    code: 'approval.rework_failed',
    message: `release/rework/1: ${tasks.get('release/rework/1')?.error?.message}`,
  });
});

describe('what was shown was written by a step that comes later in the workflow', () => {
  /** It has written the file while somebody was asked about the version before. */
  const overtaken = async () => {
    const steps = [
      files('developer', 'implementation'),
      approval({ depends_on: ['implementation'] }),
      { id: 'pause', kind: 'wait', description: 'Wait.', signal: 'go', depends_on: ['implementation'] },
      files('developer', 'bug_fix', ['pause']),
    ];
    const scene = await restingRun(steps);
    await scene.later().signalRun(scene.run, 'go');
    await scene.resume();
    await expect(scene.decide(approved)).rejects.toMatchObject({ code: 'decision.stale' });
    const standing = async () => {
      const state = await scene.state();
      return standingFiles(state).find(({ path }) => path === 'greet.py')?.task;
    };
    return { ...scene, standing };
  };

  it("the person's version replaces it all the same", async () => {
    const { decide, resume, read, standing } = await overtaken();
    await decide({ ...approved, edits: [{ path: 'greet.py', content: 'print("mine")\n' }] });
    expect((await resume()).status).toBe('completed');
    expect([read('greet.py'), await standing()]).toEqual(['print("mine")\n', 'release']);
  });

  it('what the author reworks replaces it, and a version of the person replaces that', async () => {
    const { decide, resume, read, standing, state } = await overtaken();
    await decide(rejected);
    expect((await resume()).status).toBe('waiting');
    expect([read('greet.py'), await standing()]).toEqual(['print("version 3")\n', 'release/rework/1']);
    expect((await state()).tasks.get('release')?.question?.diff).toContain('+print("version 3")');
    await decide({ ...approved, edits: [{ path: 'greet.py', content: 'print("mine")\n' }] });
    expect((await resume()).status).toBe('completed');
    expect([read('greet.py'), await standing()]).toEqual(['print("mine")\n', 'release']);
  });
});

describe('a rejection', () => {
  it('reaches the author as an appended turn: nothing before it changes', async () => {
    const { decide, resume, server, events, later, run } = await restingRun(releaseSteps());
    const seen = server.requests.length;
    await decide(rejected);
    expect((await resume()).status).toBe('waiting');
    const [request] = server.requests.slice(seen);
    const messages = request!.body['messages'] as { role: string; content: string }[];
    expect(messages.at(-1)!.content).toContain('They do not approve, and say:\nGreet in French.');
    expect(messages.at(-1)!.content).toContain('You act as the Developer.');
    const before = server.requests[seen - 1]!.body['messages'] as unknown[];
    expect(messages.slice(0, before.length)).toEqual(before);
    expect(unexplainedShrinking({ requests: server.requests, events })).toEqual([]);
    const { tasks } = await later().loadRun(run);
    expect(tasks.get('release/rework/1')).toMatchObject({ status: 'completed', role: 'developer', parent: 'release' });
  });

  it('is asked again with what the author has changed since, and later steps go by the last version', async () => {
    const { decide, resume, state, read, server } = await restingRun(releaseSteps());
    await decide(rejected);
    await resume();
    const { question } = (await state()).tasks.get('release')!;
    expect(question).toMatchObject({
      round: 2,
      against: 'decision',
      diff: '--- a/greet.py\n+++ b/greet.py\n@@ -1,1 +1,1 @@\n-print("version 1")\n+print("version 2")\n',
      shown: [{ path: 'greet.py', task: 'release/rework/1' }],
    });
    await decide({ ...rejected, comment: 'And in Spanish.' });
    await resume();
    const third = JSON.stringify(server.requests.at(-1)!.body['messages']);
    expect(third).toContain('Greet in French.');
    expect(third).toContain('And in Spanish.');
    await decide(approved);
    expect((await resume()).status).toBe('completed');
    expect(read('greet.py')).toContain('version 3');
    expect(server.requests).toHaveLength(4);
  });

  it('says what the person said, also where that looks like an expression', async () => {
    const { decide, resume, server } = await restingRun(releaseSteps());
    await decide({ decision: 'rejected', comment: 'Print {{ name }} and ${{ github.ref }}.' });
    expect((await resume()).status).toBe('waiting');
    expect(JSON.stringify(server.requests.at(-1)!.body['messages'])).toContain('Print {{ name }} and ${{ github.ref }}.');
  });

  it('goes to each author for their own, one behind the other', async () => {
    const steps = [
      analysis('analysis'),
      files('developer', 'implementation', ['analysis']),
      approval({ depends_on: ['implementation'], show: ['analysis', 'implementation'] }),
    ];
    const { decide, resume, state, read } = await restingRun(steps);
    await decide(rejected);
    await resume();
    const { tasks } = await state();
    expect(['release/rework/1', 'release/rework/2'].map((name) => [tasks.get(name)?.role, tasks.get(name)?.status])).toEqual([
      ['business_analyst', 'completed'],
      ['developer', 'completed'],
    ]);
    expect(tasks.get('release/rework/2')?.dependencies).toContain('release/rework/1');
    // The text is a new version of itself.
    expect(read('01-requirements_analysis.md')).toContain('version 2');
  });

  it('of a reply that changes nothing asks again: the person sees it', async () => {
    const reply = ({ index }: { index: number }) => (index === 0 ? program('version 1') : 'I would not change anything.');
    const { decide, resume, state } = await restingRun(releaseSteps(), { server: { reply } });
    await decide(rejected);
    expect((await resume()).status).toBe('waiting');
    const { tasks } = await state();
    expect(tasks.get('release/rework/1')).toMatchObject({ status: 'completed', because: 'The reply changes no file.' });
    expect(tasks.get('release')?.question).toMatchObject({ round: 2, diff: '' });
  });

  it('ends the step after max_rounds of them, and says why', async () => {
    const { decide, resume, state } = await restingRun(releaseSteps({ max_rounds: 2 }));
    await decide(rejected);
    await resume();
    await decide({ ...rejected, comment: 'No.' }, { by: 'Ann' });
    const result = await resume();
    expect(result).toMatchObject({
      status: 'failed',
      error: 'release: It was rejected 2 times, as often as max_rounds allows. Ann rejected it: No.',
    });
    expect(result.tasks['after']?.status).toBe('skipped');
    expect((await state()).tasks.get('release')?.error?.code).toBe('approval.rounds');
  });

  it('fails the step with on_reject: fail; a retry asks anew', async () => {
    const { decide, resume, later, run, state } = await restingRun(releaseSteps({ on_reject: 'fail' }));
    await decide({ decision: 'rejected' }, { by: 'Ann' });
    expect(await resume()).toMatchObject({ status: 'failed', error: 'release: Ann rejected it.' });
    expect((await state()).tasks.get('release')?.error?.code).toBe('approval.rejected');
    await expect(decide(approved)).rejects.toMatchObject({ code: 'decision.run_ended' });
    expect((await later().retryRun(run)).status).toBe('waiting');
    expect((await state()).tasks.get('release')?.question).toMatchObject({ round: 1, against: 'decision' });
    await decide(approved);
    expect((await resume()).status).toBe('completed');
  });

  it('whose rework was done before a retry is not done again unless somebody asks for it', async () => {
    const { decide, resume, later, run, server } = await restingRun(releaseSteps({ max_rounds: 2 }));
    await decide(rejected);
    await resume();
    await decide(rejected);
    expect((await resume()).status).toBe('failed');
    const before = server.requests.length;
    expect((await later().retryRun(run, { task: 'release' })).status).toBe('waiting');
    expect(server.requests).toHaveLength(before);
    await decide(rejected);
    await resume();
    expect((await later().loadRun(run)).tasks.get('release/rework/2')?.status).toBe('completed');
  });

  it('fails where no agent has written anything', async () => {
    const steps = [{ id: 'pause', kind: 'wait', description: 'Wait.', seconds: 1 }, approval({ depends_on: ['pause'] })];
    const { decide, resume, state } = await restingRun(steps);
    await decide(rejected);
    expect((await resume()).error).toContain('No agent has written what was shown');
    expect((await state()).tasks.get('release')?.error?.code).toBe('approval.no_author');
  });
});

describe('nobody decides in time, and the clock has moved across a restart', () => {
  test.each([
    ['reject', 'failed', 'rejected'],
    ['approve', 'completed', 'approved'],
  ] as const)('with on_timeout: %s the run is %s', async (on_timeout, status, decision) => {
    const { resume, state } = await restingRun(releaseSteps({ timeout: '3d', on_timeout }));
    expect((await resume(2 * day)).status).toBe('waiting');
    expect((await resume(4 * day)).status).toBe(status);
    expect((await state()).tasks.get('release')?.decisions).toMatchObject([{ decision, by: 'timeout' }]);
  });

  const lead = approval({ ask: 'The time is over. May it go out all the same?', depends_on: ['release'] }, 'lead');
  const escalating = [
    files('developer', 'implementation'),
    approval({ depends_on: ['implementation'], timeout: '1d', on_timeout: { escalate: 'lead' } }),
    lead,
  ];

  it('another approval asks, shows the same, and has the same author rework it', async () => {
    const { resume, later, run, state, decide } = await restingRun(escalating);
    expect((await resume(2 * day)).status).toBe('waiting');
    const { tasks } = await state();
    expect(tasks.get('release')).toMatchObject({ status: 'completed', outputs: { decision: 'escalated' } });
    expect(tasks.get('lead')?.question?.shown).toMatchObject([{ path: 'greet.py', task: 'implementation' }]);
    await decide(rejected);
    expect((await resume(2 * day)).status).toBe('waiting');
    await decide(approved);
    expect((await later(2 * day).resumeRun(run)).status).toBe('completed');
  });

  it('the other approval asks nobody where the first was decided in time', async () => {
    const { resume, state, decide } = await restingRun(escalating);
    await decide(approved);
    expect((await resume()).status).toBe('completed');
    expect((await state()).tasks.get('lead')).toMatchObject({
      status: 'skipped',
      skipped: { reason: 'condition', because: 'release was decided in time' },
    });
    expect((await state()).tasks.get('lead')?.question).toBeUndefined();
  });

  it('the other approval asks nobody where the first had nothing to ask, and does not say that it was decided', async () => {
    const [implementation, release] = escalating;
    const { first, state } = await restingRun([implementation!, { ...release!, when: 'false' }, lead]);
    expect(first.status).toBe('completed');
    expect((await state()).tasks.get('lead')?.skipped).toEqual({ reason: 'condition', because: 'release asked nobody' });
  });
});

it('whoever is called as nobody is rejects like everybody else', async () => {
  const { decide, resume, state } = await restingRun(releaseSteps());
  await decide(rejected, { by: 'timeout' });
  expect((await resume()).status).toBe('waiting');
  expect((await state()).tasks.get('release/rework/1')?.status).toBe('completed');
});

it('a decision made in time counts, however late the run goes on', async () => {
  const { resume, decide } = await restingRun(releaseSteps({ timeout: '1d' }));
  await decide(approved);
  expect((await resume(9 * day)).status).toBe('completed');
});

it('a missing file comes back as it was shown', async () => {
  const { resume, decide, workspace, run, read } = await restingRun(releaseSteps());
  const place = join(workspace, 'output', 'generated', run, 'greet.py');
  const { rmSync } = await import('node:fs');
  rmSync(place);
  await decide(approved);
  await resume();
  expect(existsSync(place)).toBe(true);
  expect(read('greet.py')).toContain('version 1');
});
