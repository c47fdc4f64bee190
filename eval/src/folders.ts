import { join } from 'node:path';

export const evalFolder = join(import.meta.dirname, '..');
export const repositoryFolder = join(evalFolder, '..');
export const tasksFolder = join(evalFolder, 'tasks');
export const figuresFolder = join(evalFolder, 'figures');
/** Holds `checking.py`, which the checks import. */
export const checkingFolder = join(evalFolder, 'checking');
