import { describe, expect, it } from 'vitest';
import { readCargo } from '../../../src/verification/reports/read-cargo.ts';

describe('what cargo test prints', () => {
  it('is counted over all its programs', () => {
    const output =
      'test a ... ok\ntest result: ok. 1 passed; 0 failed; 1 ignored; 0 measured\ntest b ... ok\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured\n';
    expect(readCargo(output)).toMatchObject({ passed: 2, failed: 0, skipped: 1, tests: [{ name: 'a' }, { name: 'b' }] });
  });

  it('is none where nothing was run', () => {
    expect(readCargo('error: could not compile')).toBeUndefined();
  });
});
