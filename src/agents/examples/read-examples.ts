import { fileMentions } from '../demands/file-mentions.ts';
import { readDemands } from '../demands/read-demands.ts';
import { filePurpose } from '../plans/file-purpose.ts';
import { codeSpans } from './code-spans.ts';
import type { CallLanguage, Example } from './example.ts';
import type { ExampleReader, ExampleSource } from './example-source.ts';
import { programStart, readCommand } from './program-start.ts';
import { requirementPieces, type RequirementPiece } from './requirement-pieces.ts';
import { shownCalls } from './shown-calls.ts';
import { shownOutputs } from './shown-outputs.ts';
import { terminalSessions } from './terminal-sessions.ts';
import { toldCalls } from './told-calls.ts';
import { toldCommands } from './told-commands.ts';
import { toldForMissingFile } from './told-for-missing-file.ts';
import { toldForNothing } from './told-for-nothing.ts';

/** A reader for each form in which requirements give examples. */
const readers: readonly ExampleReader[] = [
  shownOutputs,
  terminalSessions,
  shownCalls,
  toldCommands,
  toldCalls,
  toldForNothing,
  toldForMissingFile,
];

/** More examples hardly tell more, and each takes time. */
const most = 40;

/**
 * The examples of a requirement that can be tried, each once. Where it is uncertain what to run or what must come out, there is none: a misread example would
 * fail a correct program.
 */
export function readExamples(requirement: string, projectFiles: readonly { path: string; content: string }[]): Example[] {
  const { files, named } = readDemands(requirement, projectFiles);
  const wanted = [...files, ...named].filter((path) => filePurpose(path) === 'code');
  const pieces = requirementPieces(requirement);
  const source: ExampleSource = {
    requirement,
    pieces,
    readsInput: /\b(?:standard input|stdin)\b/i.test(requirement),
    programs: startable(wanted, requirement),
    language: languageOf(wanted),
    projectFiles,
    shownFiles: shownFiles(pieces),
  };
  const found = new Map(readers.flatMap((read) => read(source)).map((example) => [keyOf(example), example]));
  return [...found.values()].slice(0, most);
}

function keyOf(example: Example): string {
  return JSON.stringify(example.kind === 'commands' ? [example.files, example.commands] : example.lines);
}

/** Of several programs, those that the requirement starts by name; if it starts none, all. */
function startable(paths: readonly string[], requirement: string): ExampleSource['programs'] {
  const programs = paths.flatMap((path) => programStart(path) ?? []);
  if (programs.length < 2) return programs;
  const started = programs.filter(({ path }) =>
    new RegExp(`(?:python3?|node|go run|bash|java|\\./) {0,2}${RegExp.escape(path)}\\b`).test(requirement),
  );
  return started.length > 0 ? started : programs;
}

/** Whether a requirement starts the program of this name, in a sentence or a sample, with something before or after it. */
export function isStarted(path: string, requirement: string): boolean {
  const start = programStart(path);
  if (start === undefined) return false;
  const texts = requirementPieces(requirement).flatMap(({ kind, text }) =>
    kind === 'prose' ? codeSpans(text).map(({ code }) => code) : text.split('\n'),
  );
  return texts.some((text) => text.trim() !== path && readCommand(text, [start]) !== undefined);
}

function languageOf(paths: readonly string[]): CallLanguage | undefined {
  const languages = new Set(
    paths.flatMap((path) => (/\.pyw?$/.test(path) ? ['python' as const] : /\.[cm]?[jt]s$/.test(path) ? ['javascript' as const] : [])),
  );
  const [only, ...others] = languages;
  return others.length === 0 ? only : undefined;
}

/** Data files shown as a sample. The words before the sample end with the file's name: "a file like this one, `picked.csv`:". */
function shownFiles(pieces: readonly RequirementPiece[]): { path: string; content: string }[] {
  return pieces.flatMap(({ kind, text }, at) => {
    const before = pieces[at - 1];
    if (kind !== 'sample' || before?.kind !== 'prose' || !before.text.trimEnd().endsWith(':')) return [];
    const [named, ...others] = fileMentions(before.text).filter((mention) => mention.kind === 'data');
    return named !== undefined && others.length === 0 ? [{ path: named.path, content: `${text}\n` }] : [];
  });
}
