/**
 * What to do with an import in a fragment, given the file's imports, each as its trimmed text: the file has it already, it can be added as a line of its own,
 * or its place is uncertain (the file imports from the same source in another way, or it is a block of imports).
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

/** The source of an import in JavaScript. */
function sourceOf(words: string): string | undefined {
  return /(?:from\s*|require\(\s*|^import\s*)(["'])([^"'\n]{1,200})\1/.exec(words)?.[2];
}

/** The quoted names in an import of Go. */
function namesIn(words: string): string[] {
  return words.match(/"[^"\n]*"/g) ?? [];
}
