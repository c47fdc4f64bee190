import { mendNodeTest } from '../../files/findings/javascript/mend-node-test.ts';
import { mendSiblingImports } from '../../files/findings/javascript/mend-sibling-imports.ts';
import { mendImports } from '../../files/findings/mend-imports.ts';
import type { MendedFile } from '../../files/findings/mend-result.ts';
import { mendSyntax } from '../../files/findings/mend-syntax.ts';

export interface MendFileOptions {
  path: string;
  content: string;
  siblings: { path: string; content: string }[];
  /** What was asked for: the requirement, and the words for this file. */
  asked: string;
}

/**
 * What can be mended in a file without a model and beyond doubt: what surrounds its code, imports of the standard library and of the files beside it, and tests that are
 * written for another runner than the one that was asked for. Undefined: nothing.
 */
export async function mendFile({ path, content, siblings, asked }: MendFileOptions): Promise<MendedFile | undefined> {
  let last: MendedFile | undefined;
  const menders = [mendSyntax, mendSiblingImports, mendImports, mendNodeTest];
  for (const mend of menders) {
    const mended = await mend({ path, content: last?.content ?? content, siblings, asked });
    if (mended !== undefined) last = { content: mended.content, changes: [...(last?.changes ?? []), ...mended.changes] };
  }
  return last;
}
