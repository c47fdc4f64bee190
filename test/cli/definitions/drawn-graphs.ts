import type { DrawnStep } from '../../../src/cli/definitions/drawn-step.ts';

/** A step to draw. */
export function drawn(id: string, dependsOn: string[] = [], inner: DrawnStep['inner'] = []): DrawnStep {
  return { id, about: `does ${id}`, dependsOn, inner };
}

/** A loop and a choice between two, one within the other. */
export const nested: DrawnStep[] = [
  drawn('first'),
  drawn(
    'rounds',
    ['first'],
    [
      {
        name: 'steps',
        steps: [
          drawn('review'),
          drawn(
            'choice',
            ['review'],
            [
              { name: 'cases[0].steps', steps: [drawn('rework')] },
              { name: 'default', steps: [drawn('praise'), drawn('more', ['praise'])] },
            ],
          ),
        ],
      },
    ],
  ),
  drawn('aside', ['first']),
  drawn('last', ['rounds', 'aside']),
];
