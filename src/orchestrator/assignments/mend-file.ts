import { mendImports } from '../../files/findings/mend-imports.ts';
import type { MendedFile } from '../../files/findings/mend-result.ts';
import { mendSyntax } from '../../files/findings/mend-syntax.ts';

/** What can be mended in a file without a model and beyond doubt: what surrounds its code, and imports of the standard library. Undefined: nothing. */
export async function mendFile({
  path,
  content,
  siblings,
}: {
  path: string;
  content: string;
  siblings: { path: string; content: string }[];
}): Promise<MendedFile | undefined> {
  const parsed = await mendSyntax({ path, content });
  const imported = await mendImports({ path, content: parsed?.content ?? content, siblings });
  const last = imported ?? parsed;
  return last && { content: last.content, changes: [...(parsed?.changes ?? []), ...(imported?.changes ?? [])] };
}
