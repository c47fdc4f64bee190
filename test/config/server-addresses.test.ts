import { describe, expect, it } from 'vitest';
import { serversOf } from '../../src/config/server-addresses.ts';

const [a, b] = ['http://127.0.0.1:8080', 'http://127.0.0.1:8081/v1'];

describe('serversOf', () => {
  it.each([
    { given: undefined, expected: [] },
    { given: a, expected: [[a, 1]] },
    { given: `${a}=2`, expected: [[a, 2]] },
    {
      given: `${a}=0.5, ${b}`,
      expected: [
        [a, 0.5],
        [b, 1],
      ],
    },
    {
      given: [{ address: a, weight: 3 }, { address: b }],
      expected: [
        [a, 3],
        [b, 1],
      ],
    },
    {
      given: [a, `${b}=2`],
      expected: [
        [a, 1],
        [b, 2],
      ],
    },
    { given: `${b}?key=2`, expected: [[`${b}?key=2`, 1]] },
  ])('reads $given', ({ given, expected }) => {
    expect(serversOf(given)).toEqual(expected.map(([address, weight]) => ({ address, weight })));
  });
});
