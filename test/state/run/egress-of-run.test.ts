import { expect, it } from 'vitest';
import { egressSentences } from '../../../src/orchestrator/results/egress-sentences.ts';
import { applyEvent, type RunState } from '../../../src/state/run/run-state.ts';
import { egressOfRun } from '../../../src/state/run/egress-of-run.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import type { EventData } from '../../../src/events/run-stream-events.ts';
import { activityStarted, newEvent, runStarted, taskAdded } from '../store/sample-events.ts';
import { numbered } from './random-history.ts';

const begun = [
  runStarted(),
  taskAdded('a', 1),
  newEvent('task.started', { task: 'a', attempt: 1, agent: 'dev_001' }),
  activityStarted('a/1', 'a'),
];
const call = (number: number) => newEvent('call.started', { activity: 'a/1', call: number, continues: 0 });
const sent = (number: number, host: string, where: EventData<'request.sent'>['where'], bytes = 100) =>
  newEvent('request.sent', { activity: 'a/1', call: number, host, where, bytes });
const ended = (number: number, usage: EventData<'call.ended'>['usage'] = { promptTokens: 7 }) =>
  newEvent('call.ended', { activity: 'a/1', call: number, finishReason: 'stop', usage });
const failed = (number: number, code: string) =>
  newEvent('call.ended', { activity: 'a/1', call: number, finishReason: 'error', error: { code, message: 'It failed.' } });
const counting = newEvent('request.sent', { host: 'far.example', where: 'elsewhere', bytes: 40 });
const local = (number: number) => [call(number), sent(number, '127.0.0.1:8080', 'this_machine'), ended(number)];
const install = newEvent('activity.started', {
  kind: 'install',
  activity: 'a/install',
  task: 'a',
  manager: 'npm',
  namedIn: ['package.json'],
  hash: 'h',
  command: 'npm ci',
  timeoutMilliseconds: 1,
});
const check = (sandbox: 'off' | 'bubblewrap', network?: 'machine' | 'none') =>
  newEvent('check.finished', { command: 'make', outcome: 'passed', durationMilliseconds: 1, output: '', sandbox, network });
const elsewhere = newEvent('run.resumed', {
  how: 'resume',
  owner: { host: 'here', pid: 1 },
  overrides: {},
  model: { name: 'tiny', address: 'https://far.example/v1', engine: 'server' },
});

function egressAfter(events: NewEvent[]) {
  const state = numbered(events).reduce<RunState | undefined>((so, event) => applyEvent(so, event), undefined);
  if (state === undefined) throw new Error('no events');
  const egress = egressOfRun(state);
  return [egress.left, ...egressSentences(egress)];
}

it.each<[string, NewEvent[], string[]]>([
  ['a run that asked nobody', begun, ['nothing', 'Nothing left this machine.']],
  ['a run whose calls stayed here', [...begun, ...local(1), ...local(2)], ['nothing', 'Nothing left this machine.']],
  [
    'a call that was cut off after it was sent',
    [...begun, ...local(1), call(2), sent(2, '127.0.0.1:8080', 'this_machine')],
    ['nothing', 'Nothing left this machine.'],
  ],
  ['a call that was cut off before it was sent', [...begun, ...local(1), call(2)], ['nothing', 'Nothing left this machine.']],
  [
    'a call that was refused for being private',
    [...begun, call(1), failed(1, 'private.refused')],
    ['nothing', 'Nothing left this machine.'],
  ],
  ['a call of an earlier version', [...begun, call(1), ended(1)], ['unknown', 'Where 1 call to a model went is not recorded.']],
  [
    'a call that an earlier version cut off',
    [...begun, call(1), ...local(2)],
    ['unknown', 'Where 1 call to a model went is not recorded.'],
  ],
  [
    'a connection of a program that tells nothing, beside one that does',
    [...begun, ...local(1), call(2), ended(2)],
    ['unknown', 'Where 1 call to a model went is not recorded.'],
  ],
  [
    'calls that went elsewhere, and one that did not tell its tokens',
    [
      ...begun,
      call(1),
      sent(1, 'far.example', 'elsewhere'),
      ended(1),
      call(2),
      sent(2, 'far.example', 'elsewhere'),
      ended(2, {}),
      counting,
    ],
    ['something', '240 bytes and 7 tokens (1 call did not tell) went to far.example (elsewhere), in 3 requests.'],
  ],
  [
    'a call that went elsewhere and never came back',
    [...begun, ...local(1), call(2), sent(2, '192.168.0.7:8080', 'this_network')],
    ['something', '100 bytes and 0 tokens (1 call did not tell) went to 192.168.0.7:8080 (this network), in 1 request.'],
  ],
  [
    'a server elsewhere that was only connected to',
    [...begun, ...local(1), elsewhere],
    ['something', 'far.example (elsewhere) was asked about itself, and was sent nothing else.'],
  ],
  [
    'packages that were fetched, also where that was cut off',
    [...begun, ...local(1), install],
    ['something', 'npm was let into the network to fetch packages, with the names that the files list.'],
  ],
  ['a command in the sandbox', [...begun, ...local(1), check('bubblewrap', 'none')], ['nothing', 'Nothing left this machine.']],
  [
    'a command without a sandbox',
    [...begun, ...local(1), check('off')],
    ['unknown', 'What 1 command sent is not known: it ran without a sandbox, or with the network.'],
  ],
  [
    'commands with the network',
    [...begun, ...local(1), check('bubblewrap', 'machine'), check('off')],
    ['unknown', 'What 2 commands sent is not known: they ran without a sandbox, or with the network.'],
  ],
])('of %s', (_, events, told) => {
  expect(egressAfter(events)).toEqual(told);
});
