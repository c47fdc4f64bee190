import { describe, expect, it } from 'vitest';
import { readJest } from '../../../src/verification/reports/read-jest.ts';

describe('what jest --json writes', () => {
  it.each([undefined, '', '{', 'null', '[]', '{"testResults":3}'])('is none in %j', (report) => {
    expect(readJest(report)).toBeUndefined();
  });

  it('may have any shape inside', () => {
    const testResults = [
      null,
      3,
      { assertionResults: [null, { status: 'odd' }, { status: 'failed', fullName: {}, failureMessages: [{}] }] },
    ];
    expect(readJest(JSON.stringify({ testResults }))).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
  });
});
