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
    { given: 'localhost:8080', expected: [['http://localhost:8080', 1]] },
    { given: 'localhost', expected: [['http://localhost', 1]] },
    { given: ':8080', expected: [['http://127.0.0.1:8080', 1]] },
    {
      given: '8080=2, 127.0.0.1:8081/v1',
      expected: [
        [a, 2],
        [b, 1],
      ],
    },
    {
      given: [{ address: '[::1]:8080' }, 'gpu-box:8080/v1'],
      expected: [
        ['http://[::1]:8080', 1],
        ['http://gpu-box:8080/v1', 1],
      ],
    },
    { given: 'embedded', expected: [['embedded', 1]] },
    { given: 'ftp://localhost:21', expected: [['ftp://localhost:21', 1]] },
    { given: 'me:secret@localhost:8080', expected: [['me:secret@localhost:8080', 1]] },
    { given: `${b}?key=2`, expected: [[`${b}?key=2`, 1]] },
  ])('reads $given', ({ given, expected }) => {
    expect(serversOf(given)).toEqual(expected.map(([address, weight]) => ({ address, weight })));
  });
});
