import { checkSyntax } from '../../src/files/syntax/check-syntax.ts';

/** Whether a program parses without an error. Throws for a path of a language that nobody checks. */
export async function parses(path: string, program: string): Promise<boolean> {
  const check = await checkSyntax({ path, content: Buffer.from(program) });
  if (check.kind === 'unchecked') throw new Error(`${path} was not checked: ${check.reason}`);
  return check.findings.length === 0;
}
