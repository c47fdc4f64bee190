import { firstSentence } from './declaration-remark.ts';
import { exampleProgram } from './example-program.ts';
import type { Declaration, Subject } from './library-declarations.ts';

const overview = 'library-reference.md';

/**
 * The reference of the library, by path below `docs`: a page for each subject, and one that leads to them.
 * @param codes Of the errors that `errors.md` explains.
 */
export function referencePages(declarations: readonly Declaration[], codes: ReadonlySet<string>): Map<string, string> {
  const subjects = [...new Set(declarations.map(({ subject }) => subject))];
  const pages = subjects.map((subject) => {
    const of = (reach: Declaration['reach']) =>
      declarations
        .filter((declaration) => declaration.subject === subject && declaration.reach === reach)
        .map((declaration) => section(declaration, declarations, codes));
    const named = of('named');
    const text = [
      `# ${subject.title}`,
      `${capitalised(subject.about)}. [All subjects](../${overview})`,
      ...of('exported'),
      ...(named.length === 0 ? [] : [alsoNamed, ...named]),
    ].join('\n\n');
    return [pageOf(subject), `${text}\n`] as const;
  });
  return new Map([
    [
      overview,
      overviewOf(
        subjects,
        declarations.filter(({ reach }) => reach === 'exported'),
      ),
    ],
    ...pages,
  ]);
}

const alsoNamed = `## Also named here

What signatures name and the package does not export: TypeScript knows these shapes; they cannot be imported, and may change.`;

function overviewOf(subjects: readonly Subject[], declarations: readonly Declaration[]): string {
  const introduction = `# The library's reference

Everything that \`@multiagent-team/multiagent\` exports, written by \`npm run docs:library\` from the source: what it is for, shapes, units and errors, how the compiler declares it, and an example for each class, function and value. [library.md](library.md) tells how they go together, and [event-types.md](reference/event-types.md) has the data of each type of event.

The compiler checks every example, and a test runs it. In them, \`orchestrator\` is an \`AgentOrchestrator\`, \`run\` the id of a run of it that was completed, \`waitingRun\` the id of one that waits for a person, \`requirement\` a text that says what to build, and \`folder\` the absolute path of an empty folder. What \`console.log\` prints stands behind it. Options that are missing have the default that is named with them; times are in milliseconds where nothing else is said.`;
  const tables = subjects.map((subject) => {
    const rows = declarations
      .filter((declaration) => declaration.subject === subject)
      .map(
        ({ name, remark }) =>
          `| [${name}](${pageOf(subject)}#${name.toLowerCase()}) | ${firstSentence(remark.text).replaceAll('|', '\\|')} |`,
      );
    const [head, ruler] = ['| name | what it is |', '|---|---|'];
    return [
      `## ${subject.title}`,
      `${capitalised(subject.about)}: [${pageOf(subject)}](${pageOf(subject)}).`,
      [head, ruler, ...rows].join('\n'),
    ].join('\n\n');
  });
  return `${[introduction, ...tables].join('\n\n')}\n`;
}

function section(declaration: Declaration, all: readonly Declaration[], codes: ReadonlySet<string>): string {
  const { name, reach, remark, signature, mentions, subject } = declaration;
  const linked = (text: string) =>
    text.replaceAll(/`([a-z_]+\.[a-z_]+)`/g, (written, code: string) =>
      codes.has(code) ? `[${written}](../errors.md#${code.replace('.', '')})` : written,
    );
  const facts = [
    ...remark.parameters.map((parameter) => parameter.replace(/^\w+/, '`$&`:')),
    ...(remark.returns === '' ? [] : [`Returns ${remark.returns}`]),
    ...remark.throws.map((error) => `Throws ${error}`),
  ].map((fact) => `- ${linked(fact)}`);
  const seen = all
    .filter((other) => mentions.includes(other.name))
    .map(
      (other) =>
        `[${other.name}](${other.subject === subject ? '' : pageOf(other.subject).replace('reference/', '')}#${other.name.toLowerCase()})`,
    );
  return [
    `${reach === 'exported' ? '##' : '###'} ${name}`,
    linked(remark.text),
    facts.join('\n'),
    code(signature),
    seen.length === 0 ? '' : `With ${seen.join(', ')}.`,
    remark.example === ''
      ? ''
      : `Example:\n\n${code(
          exampleProgram(
            remark.example,
            all.filter((other) => other.reach === 'exported'),
          ),
        )}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const code = (text: string) => ['```ts', text, '```'].join('\n');

/** Relative to `docs`. */
function pageOf({ title }: Subject): string {
  return `reference/${title.toLowerCase().replaceAll(/\W+/g, '-')}.md`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
