import { isTestPath } from '../files/names/test-path.ts';

/** Whether a file is a test file, by its name; `test.py` and `tests.js` are common names for the only one. */
export function isTestFile(path: string): boolean {
  return isTestPath(path) || /(?:^|\/)tests?\.[A-Za-z]+$/.test(path);
}
