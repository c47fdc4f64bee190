import { checkSyntax } from '../../../files/syntax/check-syntax.ts';
import type { Checker } from '../../../agents/loop/finding.ts';
import { shortcoming, type FileToCheck } from './file-to-check.ts';

/** A file that does not parse. */
export const doesNotParse: Checker<FileToCheck> = async ({ assignment: { path }, content }) => {
  const check = await checkSyntax({ path, content: Buffer.from(content) });
  if (check.kind !== 'checked' || check.found === 0) return [];
  const first = check.findings[0];
  return [shortcoming('does_not_parse', `${path} does not parse${first ? ` (line ${first.line}: ${first.message})` : ''}`)];
};
