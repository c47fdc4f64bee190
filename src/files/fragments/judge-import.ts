/**
 * What becomes of an import that a fragment gives, beside those that the file has, each as its trimmed text: the file has it already, a line of its own can be
 * added, or where it belongs is not certain (a source that the file imports from otherwise, a block of imports).
 */
export function judgeImport(words: string, texts: readonly string[]): 'known' | 'new' | 'doubtful' {
  if (texts.some((text) => text === words || text.replace(/;$/, '') === words.replace(/;$/, ''))) return 'known';
  const names = namesIn(words);
  if (/^import\b[^;]*"/.test(words) && texts.length > 0 && names.every((name) => texts.some((text) => namesIn(text).includes(name))))
    return 'known';
  const twice = sourceOf(words) !== undefined && texts.some((text) => sourceOf(text) === sourceOf(words));
  const isBlock = /^import\s*\(/.test(words) || texts.some((text) => /^import\s*\(/.test(text));
  return twice || isBlock ? 'doubtful' : 'new';
}

/** What an import takes its names from, in JavaScript. */
function sourceOf(words: string): string | undefined {
  return /(?:from\s*|require\(\s*|^import\s*)(["'])([^"'\n]{1,200})\1/.exec(words)?.[2];
}

/** The quoted names in an import of Go. */
function namesIn(words: string): string[] {
  return words.match(/"[^"\n]*"/g) ?? [];
}
