import { isTestPath } from '../files/names/test-path.ts';

/** Whether a file is there to test, by its name; `test.py` and `tests.js` are what people call the only one. */
export function isTestFile(path: string): boolean {
  return isTestPath(path) || /(?:^|\/)tests?\.[A-Za-z]+$/.test(path);
}
