import type { Tool } from '../tool.ts';
import { lookAtPage } from './browser/look-at-page.ts';
import { databaseQuery } from './database/database-query.ts';
import { databaseSchema } from './database/database-schema.ts';
import { executeCommand } from './execute-command.ts';
import { gitOperation } from './git/git-operation.ts';
import { listFiles } from './list-files.ts';
import { readFile } from './read-file.ts';
import { searchFiles } from './search-files.ts';
import { auditDependencies } from './security/audit-dependencies.ts';
import { scanSecrets } from './security/scan-secrets.ts';

/** The tools that come along, each flat. A step gets few of them: more than five are too many for a small model. Files are written by the blocks of a reply, never by a call. */
export const builtInTools: readonly Tool[] = [
  readFile,
  listFiles,
  searchFiles,
  executeCommand,
  gitOperation,
  databaseSchema,
  databaseQuery,
  scanSecrets,
  auditDependencies,
  lookAtPage,
];
