import { expect, it } from 'vitest';
import type { EventData } from '../../../src/events/run-stream-events.ts';
import type { ModelRating } from '../../../src/llm/routing/rate-model.ts';
import { changesSentence, routingSentences, whyChosen } from '../../../src/orchestrator/routing/routing-sentences.ts';

type Routed = EventData<'model.routed'>;

const route = (rest: Partial<Routed['routes'][number]> = {}): Routed['routes'][number] => ({
  private: false,
  name: 'coder',
  place: 'default',
  model: 'coder',
  tasks: 2,
  because: 'it promises most: 15 % of the checks (assumed from its size), speed not measured, free',
  ...rest,
});
const routed = (routes: Routed['routes'], rest: Partial<Routed> = {}): Routed => ({ routes, gone: [], leftOut: [], ...rest });

it.each<[what: string, data: Routed, lines: string[]]>([
  ['one model for everything', routed([route()]), [`Model chosen: coder, because ${route().because}.`]],
  [
    'one for the rest and one for a type of task',
    routed([route({ because: 'x' }), route({ taskType: 'documentation', name: 'writer', because: 'y' })]),
    ['Model for the rest: coder, because x.', 'Model for documentation: writer, because y.'],
  ],
  [
    'nothing of a rest that is none',
    routed([route({ tasks: 0 }), route({ taskType: 'testing', because: 'y' })]),
    ['Model for testing: coder, because y.'],
  ],
  [
    'what must stay here',
    routed([route({ because: 'x' }), route({ private: true, because: 'y' }), route({ private: true, taskType: 'testing', because: 'z' })]),
    [
      'Model for the rest: coder, because x.',
      'Model for the rest of what must stay on this machine: coder, because y.',
      'Model for testing that must stay on this machine: coder, because z.',
    ],
  ],
  [
    'what is gone, first',
    routed([route({ because: 'x' })], { gone: [{ name: 'big', why: 'Nobody answers.' }] }),
    ['big was chosen when the run began, and cannot be asked any more: Nobody answers.', 'Model chosen: coder, because x.'],
  ],
  [
    'the changes, last',
    routed([route({ because: 'x' })], { changes: { count: 1, loadSeconds: 3, unmeasured: 0, tokensReadAgain: 900 } }),
    ['Model chosen: coder, because x.', '1 model change: about 3 s of loading, about 900 tokens read again.'],
  ],
])('a run says %s', (_, data, lines) => {
  expect(routingSentences(data)).toEqual(lines);
});

it.each([
  [
    { count: 2, loadSeconds: 40, unmeasured: 0, tokensReadAgain: 5200 },
    '2 model changes: about 40 s of loading, about 5,200 tokens read again',
  ],
  [
    { count: 3, loadSeconds: 180, unmeasured: 1, tokensReadAgain: 12 },
    '3 model changes: about 3 min of loading (1 of them not known yet), about 12 tokens read again',
  ],
  [
    { count: 2, loadSeconds: 0, unmeasured: 2, tokensReadAgain: 0 },
    '2 model changes: how long loading takes is not known yet, about 0 tokens read again',
  ],
])('what changes of models take: %j', (changes, sentence) => {
  expect(changesSentence(changes)).toBe(sentence);
});

const rating = (name: string, rest: Partial<ModelRating> = {}): ModelRating => ({
  candidate: { name } as ModelRating['candidate'],
  points: 1,
  quality: { share: 0.5, from: 'measured' },
  seconds: 60,
  speed: 'measured',
  price: 0,
  pricing: 'known',
  ...rest,
});

it.each<[what: string, rest: Partial<ModelRating>, sentence: string]>([
  ['is measured', {}, '50 % of the checks (measured), about 30 s a step, free'],
  [
    'follows from a size alone',
    { quality: { share: 0.15, from: 'assumed' }, price: 0.5 },
    '15 % of the checks (assumed from its size), about 30 s a step, $0.2500 a step',
  ],
  [
    'is measured for some of the work',
    { quality: { share: 0.3, from: 'partly' } },
    '30 % of the checks (only partly measured), about 30 s a step, free',
  ],
  [
    'nobody knows',
    { quality: undefined, speed: 'assumed', pricing: 'assumed', price: 3 },
    'quality not known, speed not measured, price not known',
  ],
])('why a model was chosen says what of it %s', (_, rest, sentence) => {
  expect(whyChosen({ chosen: rating('a', rest), next: rating('b', rest) }, 2)).toBe(
    `it promises most: ${sentence}. Next would be b: ${sentence}`,
  );
  expect(whyChosen({ chosen: rating('a', rest), next: undefined }, 2)).toBe('no other can be asked');
});
