import { expect, it } from 'vitest';
import { loadingNotice } from '../../src/cli/loading-notice.ts';

it('a server that is loading is told of at once, then every ten seconds with how long it took so far', () => {
  const said: string[] = [];
  const notice = loadingNotice((sentence) => said.push(sentence));
  for (let waited = 0; waited <= 25_000; waited += 1010) notice('http://127.0.0.1:8080/v1', waited);
  expect(said).toEqual([
    'The model server at http://127.0.0.1:8080/v1 is loading its model. Waiting for it.',
    'The model server at http://127.0.0.1:8080/v1 is still loading, after 10 s.',
    'The model server at http://127.0.0.1:8080/v1 is still loading, after 20 s.',
  ]);
});
