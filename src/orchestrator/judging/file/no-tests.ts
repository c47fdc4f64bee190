import type { Checker } from '../../../agents/loop/finding.ts';
import { holdsTests } from '../holds-tests.ts';
import { shortcoming, type FileToCheck } from './file-to-check.ts';

/** A file of tests without tests. */
export const noTests: Checker<FileToCheck> = ({ assignment: { path, purpose }, content }) => {
  return purpose === 'tests' && !holdsTests(path, content) ? [shortcoming('no_tests', `${path} holds no tests`)] : [];
};
