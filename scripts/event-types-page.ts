import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRemark } from './declaration-remark.ts';

const root = join(import.meta.dirname, '..');

/** The files of `src/events` by their path. */
export function readEventSources(): Map<string, string> {
  const files = globSync('src/events/**/*.ts', { cwd: root }).toSorted();
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

/** A type of event, a kind of activity, or a schema that these share, as the source has it. */
interface Entry {
  name: string;
  remark: string;
  text: string;
  file: string;
}

/**
 * The page of the reference that has the data of every type of event.
 * @param sources As `readEventSources` has them.
 * @param types All types, in the order in which they are told.
 * @throws Error for a type that no file has.
 */
export function eventTypesPage(sources: ReadonlyMap<string, string>, types: readonly string[]): string {
  const files = [...sources];
  const events = files.flatMap(([file, text]) => entriesIn(text, file));
  const constants = files.flatMap(([file, text]) => constantsIn(text, file));
  const told = types.map((type) => {
    const entry = events.find(({ name }) => name === type);
    if (entry === undefined) throw new Error(`No file of src/events has the event "${type}".`);
    return entry;
  });
  const activities = constants.filter(({ text }) => text.includes('= activityKind('));
  const shared: Entry[] = [];
  for (const entry of [...told, ...activities]) addNamed(entry, constants, shared);
  return `${[
    introduction,
    ...told.map((entry) => section(entry, shared)),
    '## Kinds of activities\n\nWhat `activity.started` (`started`) and `activity.completed` (`completed`) hold beside the fields of `activitySchemas`, by their `kind`, the `name` here.',
    ...activities.map((entry) => section(entry, shared, '###')),
    '## Also named here',
    ...shared.map((entry) => section(entry, shared, '###')),
  ].join('\n\n')}\n`;
}

const introduction = `# Types of events

The data of each event in the stream of a run, \`run:<id>\`, as it is checked before it is recorded ([zod](https://zod.dev)): what is \`.optional()\` may be absent. [library.md](../library.md#events) tells when each is recorded, [events.md](events.md) what all have in common; \`EventData<'artifact.written'>\` is such data as a type. Times are in milliseconds, those that say when are counted from 1970; a \`sha256\` names a content of the journal. [All subjects](../library-reference.md)`;

function entriesIn(text: string, file: string): Entry[] {
  const entry = /^((?: {2}\/\*\*(?:(?!\*\/)[^])*\*\/\n)?) {2}'([a-z_]+\.[a-z_]+)': (\{[^\n]*\},\n|\{\n[^]*?\n {2}\},\n)/gm;
  return [...text.matchAll(entry)].map(([, remark = '', name = '', body = '']) => ({
    name,
    remark: remark.trim(),
    text: `'${name}': ${body.trimEnd().replaceAll(/^ {2}/gm, '')}`,
    file,
  }));
}

function constantsIn(text: string, file: string): Entry[] {
  const constant =
    /^((?:\/\*\*(?:(?!\*\/)[^])*\*\/\n)?)(?:export )?const (\w+) = ([^]*?;)\n(?=\n|\/\*\*|const |export |function |$(?![^]))/gm;
  return [...text.matchAll(constant)].map(([, remark = '', name = '', body = '']) => ({
    name,
    remark: remark.trim(),
    // What an activity gives the conversation is no part of its data.
    text: `const ${name} = ${body.replace(/\n {2}content\([^]*?\n {2}\},/, '')}`,
    file,
  }));
}

/** Adds the schemas that an entry names, and those that they name. */
function addNamed(entry: Entry, constants: readonly Entry[], shared: Entry[]): void {
  for (const name of wordsOf(entry)) {
    const meant = constants.filter((constant) => constant.name === name && /\bz\b|Schema/.test(constant.text));
    const found = meant.find(({ file }) => file === entry.file) ?? meant[0];
    if (found === undefined || found === entry || shared.includes(found) || found.text.includes('= activityKind(')) continue;
    shared.push(found);
    addNamed(found, constants, shared);
  }
}

/** The names in an entry, without remarks, texts and the keys of objects. */
function wordsOf({ text }: Entry): Set<string> {
  return new Set(text.replaceAll(/\/\*\*[^]*?\*\/|'[^'\n]*'/g, '').match(/(?<!\w|[^.]\.)[a-z]\w*\b(?!:)/g));
}

function section(entry: Entry, shared: readonly Entry[], heading = '##'): string {
  const words = wordsOf(entry);
  const named = shared.filter((other) => other !== entry && words.has(other.name));
  const links = named.map(({ name }) => `[${name}](#${name.toLowerCase()})`).join(', ');
  const parts = [
    `${heading} ${entry.name}`,
    parseRemark(entry.remark).text,
    `\`\`\`ts\n${entry.text}\n\`\`\``,
    links === '' ? '' : `With ${links}.`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}
