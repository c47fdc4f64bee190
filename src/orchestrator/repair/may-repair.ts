import { filePurpose } from '../../agents/plans/file-purpose.ts';
import { isTestFile } from '../../verification/is-test-file.ts';
import type { RepairedFiles } from './next-repair.ts';

/** They decide which tests run, and how: with them a program could be made to pass without being right. */
const testSettings =
  /^(?:conftest\.py|sitecustomize\.py|usercustomize\.py|pytest\.ini|tox\.ini|setup\.cfg|\.mocharc\..*|(?:jest|vitest)\.(?:config|setup)\..*)$/;

/** What a file counts as where something is repaired; undefined for documents and what ships a program. */
export function repairedAs(path: string): RepairedFiles | undefined {
  if (isTestFile(path)) return 'tests';
  return filePurpose(path) === 'code' ? 'programs' : undefined;
}

/** Whether a repair of these files may change the file of this name. */
export function mayRepair(of: RepairedFiles, path: string): boolean {
  return repairedAs(path) === of && !testSettings.test(path.slice(path.lastIndexOf('/') + 1));
}
