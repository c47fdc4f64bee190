import { filePurpose } from '../../agents/plans/file-purpose.ts';
import type { RepairedFiles } from './next-repair.ts';

/** They decide which tests run, and how: with them a program could be made to pass without being right. */
const testSettings =
  /^(?:conftest\.py|sitecustomize\.py|usercustomize\.py|pytest\.ini|tox\.ini|setup\.cfg|\.mocharc\..*|(?:jest|vitest)\.(?:config|setup)\..*)$/;

/** Whether a repair of these files may change the file of this name. */
export function mayRepair(of: RepairedFiles, path: string): boolean {
  const isSetting = testSettings.test(path.slice(path.lastIndexOf('/') + 1));
  return of === 'tests' ? filePurpose(path) === 'tests' && !isSetting : filePurpose(path) === 'code' && !isSetting;
}
