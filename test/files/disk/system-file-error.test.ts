import { expect, test } from 'vitest';
import { describeSystemError, isSystemError } from '../../../src/files/disk/system-file-error.ts';

test.each([
  ['ENOSPC', 'files.disk_full'],
  ['EDQUOT', 'files.disk_full'],
  ['EROFS', 'files.read_only'],
  ['EACCES', 'files.no_permission'],
  ['EPERM', 'files.no_permission'],
  ['EMFILE', 'files.too_many_open'],
  ['ENAMETOOLONG', 'files.name_too_long'],
  ['ENOTDIR', 'files.not_a_folder'],
  ['EIO', 'files.disk_failed'],
  ['EXDEV', 'files.write_failed'],
])('%s says which file, why, and what to do next', (system, code) => {
  const error = Object.assign(new Error(system), { code: system, syscall: 'open' });
  expect(isSystemError(error)).toBe(true);
  const described = describeSystemError(error, 'src/a.py');
  expect(described).toMatchObject({ code, cause: error });
  expect(described.message).toMatch(/^'src\/a\.py' could not be written: .+\.$/);
  expect(described.hint).toMatch(/\.$/);
});

test('an error of the program is none of the system', () => {
  expect(isSystemError(Object.assign(new Error('x'), { code: 'journal.conflict' }))).toBe(false);
});
