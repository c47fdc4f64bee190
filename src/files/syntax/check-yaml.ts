import type { SyntaxFinding } from './syntax-finding.ts';

/** The library compares each key with all others of its map. */
const largestForUniqueKeys = 64 * 1024;

/** YAML 1.2 with any number of documents. No values are built: aliases are not expanded, and tags are ignored. */
export async function checkYaml(text: string): Promise<SyntaxFinding[]> {
  const { LineCounter, parseAllDocuments } = await import('yaml');
  const lineCounter = new LineCounter();
  const uniqueKeys = text.length <= largestForUniqueKeys;
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false, logLevel: 'silent', uniqueKeys });
  if (!Array.isArray(documents)) return [];
  // The library reports its own stack overflow as an error in the file.
  if (documents.some(({ errors }) => errors.some(({ message }) => /\bstack\b/i.test(message)))) throw new RangeError('nested too deep');
  return documents.flatMap(({ errors }) =>
    errors.map(({ pos, message }) => {
      const { line, col } = lineCounter.linePos(pos[0]);
      return {
        line: Math.max(1, line),
        column: Math.max(1, col),
        message: message.split('\n', 1)[0]!.replace(/^./, (first) => first.toLowerCase()),
      };
    }),
  );
}
