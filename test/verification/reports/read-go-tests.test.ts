import { describe, expect, it } from 'vitest';
import { readGoTests } from '../../../src/verification/reports/read-go-tests.ts';

const event = (Action: string, rest: object = {}) => JSON.stringify({ Action, Package: 'calc', ...rest });

describe('what go test -json writes', () => {
  it('tells a test with parts by its parts', () => {
    const report = [
      event('fail', { Test: 'TestA/part' }),
      event('pass', { Test: 'TestA/other' }),
      event('fail', { Test: 'TestA' }),
      event('fail'),
    ].join('\n');
    expect(readGoTests(report)).toMatchObject({ passed: 1, failed: 1, tests: [{ name: 'calc > TestA/part' }, {}] });
  });

  it('tells a package that ends before a test fails by its name and output', () => {
    const report = [event('output', { Output: 'panic: in init\n' }), event('fail')].join('\n');
    expect(readGoTests(report)).toMatchObject({ failed: 1, tests: [{ name: 'calc', message: 'panic: in init\n' }] });
  });

  it.each([undefined, '', 'go: no', '{"Action":3}', 'null', '[]'])('is none in %j', (report) => {
    expect(readGoTests(report)).toBeUndefined();
  });
});
