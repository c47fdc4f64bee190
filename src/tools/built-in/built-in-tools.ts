import type { Tool } from '../tool.ts';
import { executeCommand } from './execute-command.ts';
import { gitOperation } from './git/git-operation.ts';
import { listFiles } from './list-files.ts';
import { readFile } from './read-file.ts';
import { searchFiles } from './search-files.ts';

/** The tools that come along, few and flat: more than five are too many for a small model. Files are written by the blocks of a reply, never by a call. */
export const builtInTools: readonly Tool[] = [readFile, listFiles, searchFiles, executeCommand, gitOperation];
