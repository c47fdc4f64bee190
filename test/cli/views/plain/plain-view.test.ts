import { expect, test } from 'vitest';
import { plainView } from '../../../../src/cli/views/plain/plain-view.ts';
import { added, liveEvent, started } from '../live-events.ts';

test.each([
  ['the same', 'The server went away.', '[1/1] a: call 1 failed: The server went away.\n[1/1] a: FAILED\n[1/1] a: Start it.\n'],
  [
    'something else',
    'It took too long.',
    '[1/1] a: call 1 failed: The server went away.\n[1/1] a: FAILED: It took too long.\n[1/1] a: Start it.\n',
  ],
])('why a task failed is told once: its last call failed with %s', (_, message, lines) => {
  let output = '';
  const view = plainView({ write: (text) => (output += text), detail: 'normal' });
  const error = { code: 'model.gone', message: 'The server went away.' };
  for (const event of [
    started,
    added('a', 1, 'developer'),
    liveEvent('task.started', 1, { task: 'a', attempt: 1, agent: 'dev_001' }),
    liveEvent('call.ended', 2, { activity: 'a/1', call: 1, finishReason: 'error', error }),
    liveEvent('task.failed', 3, { task: 'a', error: { ...error, message, hint: 'Start it.' } }),
  ])
    view.event(event);
  expect(output.slice(output.indexOf('begins\n') + 7)).toBe(lines);
});

test('one token is one token', () => {
  let output = '';
  const view = plainView({ write: (text) => (output += text), detail: 'normal' });
  const usage = { readTokens: 1, cachedTokens: 300, replyTokens: 2 };
  for (const event of [
    started,
    added('a', 1, 'developer'),
    liveEvent('task.started', 1, { task: 'a', attempt: 1, agent: 'dev_001' }),
    liveEvent('call.ended', 2, { activity: 'a/1', call: 1, finishReason: 'stop', usage }),
    liveEvent('task.completed', 3, { task: 'a' }),
  ])
    view.event(event);
  expect(output).toContain('2 tokens written, 1 token read and 300 from the cache');
});

const asked = liveEvent('task.asked', 2, {
  task: 'a',
  round: 1,
  wants: 'approval',
  ask: 'May it\ngo \u001b[31mout?',
  shown: [
    { path: 'a.py', sha256: '1', task: 'b' },
    { path: 'old.py', task: 'b' },
  ],
  diff: '',
  leftOut: 0,
  against: 'project',
});
const decision = liveEvent('task.decided', 3, { task: 'a', decision: 'rejected', by: 'Ann', comment: 'No.', asked: 1, shown: [] });

test('what a person is asked, how they decide, and what they decided', () => {
  let output = '';
  const view = plainView({ write: (text) => (output += text), detail: 'normal' });
  const waiting = liveEvent('task.waiting', 2, { task: 'a', reason: 'approval', until: 60_002 });
  for (const event of [started, added('a', 1, ''), asked, waiting, decision]) view.event(event);
  expect(output.split('\n').slice(-8)).toEqual([
    '[1] a: asks: May it go out?',
    '[1] a: shows a.py, old.py (removed)',
    '  Look     multiagent show r',
    '  Approve  multiagent approve r a',
    '  Reject   multiagent reject r a --comment "<what to change>"',
    '[1] a: waits for somebody to approve it, 1 min 0 s at most.',
    '[1] a: Ann rejected it: No.',
    '',
  ]);
});

test('while a person is asked nothing is shown, and afterwards all of it', () => {
  let output = '';
  const view = plainView({ write: (text) => (output += text), detail: 'normal' });
  view.event(started);
  view.event(added('a', 1, 'developer'));
  view.hold?.();
  const before = output;
  view.event(decision);
  expect(output).toBe(before);
  view.release?.();
  expect(output).toContain('Ann rejected it: No.');
});

test('a step that asks no model begins once, however often it is called again, and takes from there to its end', () => {
  let output = '';
  const view = plainView({ write: (text) => (output += text), detail: 'normal' });
  const loop = added('a', 1, '');
  for (const event of [
    started,
    { ...loop, data: { ...loop.data, place: 'none' as const } } as typeof loop,
    liveEvent('task.started', 1000, { task: 'a', attempt: 1, agent: 'loop' }),
    liveEvent('task.waiting', 1001, { task: 'a', reason: 'tasks', tasks: ['a/1/b'] }),
    liveEvent('task.woken', 5000, { task: 'a', by: 'tasks' }),
    liveEvent('task.started', 5001, { task: 'a', attempt: 1, agent: 'loop' }),
    liveEvent('task.completed', 6000, { task: 'a', because: 'It holds.' }),
  ])
    view.event(event);
  expect(output.match(/loop begins/g)).toHaveLength(1);
  expect(output).toContain('a: done in 5.0 s\n[1/1] a: It holds.\n');
});

test('a step that waited while its work was repaired does not begin again, and its time is that of the whole step', () => {
  let output = '';
  const view = plainView({ write: (text) => (output += text), detail: 'normal' });
  for (const event of [
    started,
    added('a', 1, 'developer'),
    liveEvent('task.started', 1000, { task: 'a', attempt: 1, agent: 'dev_001' }),
    liveEvent('task.waiting', 1001, { task: 'a', reason: 'tasks', tasks: ['a/repair/1'] }),
    liveEvent('task.woken', 5000, { task: 'a', by: 'tasks' }),
    liveEvent('task.started', 5001, { task: 'a', attempt: 1, agent: 'dev_001' }),
    liveEvent('task.completed', 6000, { task: 'a' }),
  ])
    view.event(event);
  expect(output.match(/dev_001 begins/g)).toHaveLength(1);
  expect(output).toContain('a: done in 5.0 s');
});

test('what a person decided is told once', () => {
  let output = '';
  const view = plainView({ write: (text) => (output += text), detail: 'normal' });
  const ask = added('a', 1, '');
  for (const event of [
    started,
    { ...ask, data: { ...ask.data, place: 'none' as const } } as typeof ask,
    liveEvent('task.started', 1, { task: 'a', attempt: 1, agent: 'approval' }),
    liveEvent('task.decided', 2, { task: 'a', decision: 'approved', by: 'Ann', asked: 1, shown: [] }),
    liveEvent('task.completed', 3, { task: 'a', because: 'Ann approved it.' }),
  ])
    view.event(event);
  expect(output.match(/Ann approved it\./g)).toHaveLength(1);
});

test('that another model stands in is said when it happens, with the reason where no failed call has told it, and that the first is asked again', () => {
  let output = '';
  const view = plainView({ write: (text) => (output += text), detail: 'normal' });
  const lost = { from: 'default', to: 'work', why: 'It is gone' };
  for (const event of [
    started,
    liveEvent('model.fell_back', 1, { ...lost, at: 'connect' }),
    added('a', 1, 'developer'),
    liveEvent('model.fell_back', 1, { ...lost, task: 'a', at: 'call' }),
    liveEvent('model.fell_back', 2, { ...lost, task: 'a', at: 'step' }),
    liveEvent('model.returned', 3, { task: 'a', model: 'default' }),
  ])
    view.event(event);
  expect(output.slice(output.indexOf('⚠')).trim().split('\n')).toEqual([
    '⚠ It is gone. work stands in for default.',
    '[1] a: ⚠ work stands in for default, and goes on with what has arrived.',
    '[1] a: ⚠ default does not answer yet: work stands in for it.',
    '[1] a: default answers again, and is asked again.',
  ]);
});

test('which models a run has chosen is said when it begins, on lines that a name of a server cannot break', () => {
  let output = '';
  const view = plainView({ write: (text) => (output += text), detail: 'normal' });
  const route = {
    private: false,
    name: 'coder\u001b[2J\n7b',
    place: 'default',
    model: 'coder',
    tasks: 1,
    because: 'no other can be asked',
  };
  view.event(started);
  view.event(liveEvent('model.routed', 1, { routes: [route], gone: [], leftOut: [] }));
  const last = output.trimEnd().split('\n').at(-1);
  expect(last).toMatch(/^Model chosen: coder.*7b, because no other can be asked\.$/);
  expect(output).not.toContain('\u001b');
});

test('that a call waits for what its provider allows is said with about how long', () => {
  let output = '';
  const view = plainView({ write: (text) => (output += text), detail: 'normal' });
  for (const event of [
    started,
    added('a', 1, 'developer'),
    liveEvent('limit.waited', 1, { task: 'a', provider: 'work', milliseconds: 41_300 }),
  ])
    view.event(event);
  expect(output).toContain('[1] a: waits for what work allows in each minute, about 41 s more\n');
});

test('what a team elsewhere is at is told with its stage and agent: each stage at once, and its words can do nothing to the terminal', () => {
  let output = '';
  const view = plainView({ write: (text) => (output += text), detail: 'normal' });
  const at = (stage: string, message: string) =>
    liveEvent('remote.progress', 1, { activity: 'a/1', stage, agent: 'Mantis #2', message, step: { now: 3, of: 9 } });
  for (const event of [
    started,
    added('a', 1, 'developer'),
    liveEvent('remote.accepted', 1, { activity: 'a/1', remoteTask: 't1' }),
    at('PLAN', 'planning'),
    at('PLAN', 'planning on'),
    at('BUILD', 'wri\u001b[2Jting'),
  ])
    view.event(event);
  expect(output).toContain('[1] a: is at work there as task t1\n[1] a: [PLAN] Mantis #2: planning (3 of 9)\n');
  expect(output).toContain('[1] a: [BUILD] Mantis #2: writing (3 of 9)\n');
  expect(output).not.toContain('planning on');
});
