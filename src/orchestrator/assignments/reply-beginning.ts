import { isMarkdownPath } from '../../files/names/languages.ts';
import { syntaxLanguageOf } from '../../files/syntax/syntax-language.ts';

/** The end of a file that stands in a fence of its own. */
export const endsFile = '\n```';

/**
 * How the reply to an assignment of one file begins, so that a model writes the file and nothing before or after it; undefined for documents, which may
 * hold fences themselves.
 */
export function beginningOf(path: string): string | undefined {
  if (isMarkdownPath(path)) return undefined;
  const language = syntaxLanguageOf(path);
  return `\`\`\`${language?.replace(/ .*/, '') ?? ''}\n`;
}
