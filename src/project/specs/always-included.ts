/** Front matter of a steering document, whose `inclusion` says when Kiro shows it. */
const inclusion = /^inclusion:[ \t]*["']?(?<when>\w+)/m;

/**
 * The text of a document without its front matter; undefined if that says that it is only for some files or moments: `inclusion: fileMatch`, `manual`, `auto`. Text
 * without front matter is always included.
 */
export function alwaysIncluded(text: string): string | undefined {
  const lines = text.split('\n');
  if (lines[0]?.trimEnd() !== '---') return text;
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end === -1) return text;
  const when = inclusion.exec(lines.slice(1, end).join('\n'))?.groups?.['when'];
  return when === undefined || when === 'always'
    ? lines
        .slice(end + 1)
        .join('\n')
        .trim()
    : undefined;
}
