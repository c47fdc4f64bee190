import { codeSpans } from './code-spans.ts';
import { commandsIn, dataFilesOf, filesFor } from './commands-in.ts';
import type { Example, ExampleCommand } from './example.ts';
import type { ExampleReader, ExampleSource } from './example-source.ts';
import { readCommand } from './program-start.ts';

const printing = /\b(?:prints?|printed|outputs?|shows?|makes?|writes?|results?|gives?|becomes?|answers?)\b/i;

/** "For the input", a sample, "it prints", a sample. */
export const shownOutputs: ExampleReader = (source) => {
  const usual = usageOf(source);
  return source.pieces.flatMap(({ kind, text }, at): Example[] => {
    const told = source.pieces[at - 1];
    if (kind !== 'sample' || told?.kind !== 'prose' || readsAsCommand(text, source)) return [];
    const sentence = lastSentence(told.text);
    if (!printing.test(sentence) || !leadsOn(sentence)) return [];
    const given = source.pieces[at - 2];
    const sample = given?.kind === 'sample' && !readsAsCommand(given.text, source) ? given.text : undefined;
    const found = commandFor(source, { told: told.text, sample, usual });
    if (found === undefined) return [];
    const quote = [...(sample === undefined ? [] : [sample]), told.text, text].join('\n\n');
    const command: ExampleCommand = { command: found.command, input: found.input, expected: { text, extent: 'whole', from: 'output' } };
    return [{ kind: 'commands', quote, files: found.files, commands: [command] }];
  });
};

interface FoundCommand {
  command: string;
  input?: string;
  files: { path: string; content: string }[];
}

/** The command that turns one sample into the other: the one named between them, else one named anywhere in the requirement, else the plain start. */
function commandFor(
  source: ExampleSource,
  { told, sample, usual }: { told: string; sample: string | undefined; usual: string | undefined },
): FoundCommand | undefined {
  const said = commandsIn(told, source).at(-1);
  if (sample === undefined) {
    if (said === undefined) return undefined;
    const files = filesFor(said, source);
    const shown = files !== undefined && files.length > 0 && dataFilesOf(said).length > 0;
    return shown || endsWithVerb(told) ? files && { command: said, files } : undefined;
  }
  const command = said ?? usual;
  if (command === undefined) return undefined;
  const content = `${sample}\n`;
  const [path, ...others] = dataFilesOf(command);
  if (path !== undefined) return others.length === 0 ? { command, files: [{ path, content }] } : undefined;
  return source.readsInput ? { command, input: content, files: [] } : undefined;
}

/** How the requirement starts its program: the first command with a file as its argument, else the plain start if there is only one program. */
function usageOf(source: ExampleSource): string | undefined {
  const said = source.pieces.flatMap(({ kind, text }) =>
    kind === 'prose' ? commandsIn(text, source) : (readCommand(text.split('\n')[0] ?? '', source.programs) ?? []),
  );
  const [only, ...others] = source.programs;
  return said.find((command) => dataFilesOf(command).length > 0) ?? (others.length === 0 ? only?.start : undefined);
}

function readsAsCommand(sample: string, { programs }: ExampleSource): boolean {
  return readCommand(sample.split('\n')[0] ?? '', programs) !== undefined;
}

function lastSentence(text: string): string {
  const plain = text.trim();
  const end = Math.max(plain.lastIndexOf('. ', plain.length - 2), plain.lastIndexOf('.\n', plain.length - 2));
  return plain.slice(end + 1).trim();
}

/** Whether a sentence continues in the sample after it. */
function leadsOn(sentence: string): boolean {
  return /[:,]$/.test(sentence) || !/[.!?]$/.test(sentence);
}

/** `cmd` prints: the sample is its whole output, whatever is in the folder. */
function endsWithVerb(text: string): boolean {
  const last = codeSpans(text).at(-1);
  return (
    last !== undefined &&
    /^\s{0,4}(?:must |should |then )?(?:prints?|outputs?|shows?|gives)(?: exactly)?\s{0,4}:?$/.test(last.after.trimEnd())
  );
}
