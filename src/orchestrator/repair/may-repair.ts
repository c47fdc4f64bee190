import { filePurpose } from '../../agents/plans/file-purpose.ts';
import type { RepairedFiles } from './next-repair.ts';

/** They decide which tests run, and how: with them a program could be made to pass without being right. */
const testSettings =
  /^(?:conftest\.py|sitecustomize\.py|usercustomize\.py|pytest\.ini|tox\.ini|setup\.cfg|\.mocharc\..*|(?:jest|vitest)\.(?:config|setup)\..*)$/;

/** A model that is free to choose calls its only test file so. */
const onlyTests = /^tests?\.[A-Za-z]{1,10}$/;

/** Whether a repair of these files may change the file of this name. */
export function mayRepair(of: RepairedFiles, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (testSettings.test(name)) return false;
  const purpose = onlyTests.test(name) ? 'tests' : filePurpose(path);
  return purpose === (of === 'tests' ? 'tests' : 'code');
}
