/**
 * A reply and what must become of it, as it stands in `test/corpus/<the trap it holds>.txt`: sections that begin with a line of `═══` and what they are.
 *
 * - `═══ reply`: the reply.
 * - `═══ file <format> <path>`: a file that must be written, named by this format, with exactly this content.
 * - `═══ refused <code> <name>`: a block that must be refused.
 * - `═══ collision <path>`: a path for which another version must be reported.
 * - `═══ unchanged <path>`: a file that must be reported as only repeated.
 * - `═══ prose <path>`: a written file that must be reported as prose in comments.
 * - `═══ renamed <path> <path>`: a demanded file that must be reported as given under another folder.
 * - `═══ expected <path>`: a path that the step demands.
 * - `═══ existing <path>`, `═══ base <path>`: a file of an earlier task, or of the user's project.
 * - `═══ step text`: the step expects text, so that only blocks with a name become files. Default: it expects files.
 *
 * `(no newline)` at the end of such a line says that the newline before the next section is not part of this one, and `(escaped)` that the section is one
 * JSON string: it holds characters that a text file would not keep.
 */
export interface CorpusCase {
  reply: string;
  step: 'files' | 'text';
  files: { format: string; path: string; content: string }[];
  refused: { code: string; name: string }[];
  collisions: string[];
  unchanged: string[];
  prose: string[];
  renamed: { from: string; to: string }[];
  expected: string[];
  existing: { path: string; content: string }[];
  base: Map<string, string>;
}

const sectionStart = /^═══ (\S+)(?: (.*?))??( \((?:escaped|no newline)\))?\n/gm;

export function parseCorpusCase(text: string): CorpusCase {
  const parsed: CorpusCase = {
    reply: '',
    step: 'files',
    files: [],
    refused: [],
    collisions: [],
    unchanged: [],
    prose: [],
    renamed: [],
    expected: [],
    existing: [],
    base: new Map(),
  };
  const starts = [...text.matchAll(sectionStart)];
  for (const [index, start] of starts.entries()) {
    const [whole, kind, rest = '', manner] = start as unknown as [string, string, string | undefined, string | undefined];
    const body = text.slice(start.index + whole.length, starts[index + 1]?.index ?? text.length);
    const content = manner === undefined ? body : manner === ' (escaped)' ? (JSON.parse(body) as string) : body.slice(0, -1);
    const [first, second] = cut(rest);
    if (kind === 'reply') parsed.reply = content;
    else if (kind === 'file') parsed.files.push({ format: first, path: second, content });
    else if (kind === 'refused') parsed.refused.push({ code: first, name: second });
    else if (kind === 'collision') parsed.collisions.push(rest);
    else if (kind === 'unchanged') parsed.unchanged.push(rest);
    else if (kind === 'prose') parsed.prose.push(rest);
    else if (kind === 'renamed') parsed.renamed.push({ from: first, to: second });
    else if (kind === 'expected') parsed.expected.push(rest);
    else if (kind === 'existing') parsed.existing.push({ path: rest, content });
    else if (kind === 'base') parsed.base.set(rest, content);
    else if (kind === 'step' && rest === 'text') parsed.step = 'text';
    else throw new Error(`A section of the corpus begins with '${whole.trim()}', which means nothing.`);
  }
  return parsed;
}

function cut(text: string): [string, string] {
  const space = text.indexOf(' ');
  return space === -1 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)];
}
