import type { Argument, Command, Option } from 'commander';
import type { Completion, Suggestion, WordKind } from './completion.ts';
import { kindOfArgument, kindOfValue } from './word-kinds.ts';

/** What the words before the one that is typed say. */
export interface WordsBefore {
  /** The arguments of the command, in order. */
  operands: readonly string[];
  /** The last value of each option that has one, by the long name. */
  values: ReadonlyMap<string, string>;
}

/** Looks up what there is of a kind: on the disk, in the journal, in the settings. */
export type LookUp = (kind: WordKind, before: WordsBefore) => Promise<Suggestion[]>;

/** The command line up to the word that is typed. */
interface Line extends WordsBefore {
  program: Command;
  command: Command;
  /** The option whose value is typed. */
  awaiting: Option | undefined;
  /** Whether only arguments follow. */
  isPlain: boolean;
  used: ReadonlySet<Option>;
}

/**
 * How the last word can go on, by the commands and options that `--help` shows.
 * @param words Those after the name of the program; the last one is being typed, and may be empty.
 */
export async function completeWords(program: Command, words: readonly string[], lookUp: LookUp): Promise<Completion> {
  const typed = words.at(-1) ?? '';
  const line = read(program, words.slice(0, -1));
  const { suggestions, paths } = await waysOn(line, typed, lookUp);
  const fitting = suggestions.filter(({ word }) => word.startsWith(typed) && isPlainWord(word));
  return { suggestions: fitting.filter(({ word }, index) => fitting.findIndex((other) => other.word === word) === index), paths };
}

/** What a shell or a terminal could take for something else is not suggested at all. */
function isPlainWord(word: string): boolean {
  return word !== '' && !/[\p{C}\p{Zl}\p{Zp}]/u.test(word);
}

function read(program: Command, words: readonly string[]): Line {
  let command = program;
  let awaiting: Option | undefined;
  let isPlain = false;
  let operands: string[] = [];
  const used = new Set<Option>();
  const values = new Map<string, string>();
  for (const word of words) {
    if (isPlain) {
      operands.push(word);
    } else if (awaiting !== undefined && (awaiting.required || !word.startsWith('-'))) {
      values.set(awaiting.long ?? '', word);
      // A list goes on until the next option.
      if (!awaiting.variadic) awaiting = undefined;
    } else if (word === '--') {
      [awaiting, isPlain] = [undefined, true];
    } else if (word.startsWith('-') && word !== '-') {
      const [name, value] = splitAt(word);
      const option = optionsOf(command).find(({ long, short }) => long === name || short === name);
      if (option !== undefined) used.add(option);
      if (option !== undefined && value !== undefined) values.set(option.long ?? '', value);
      awaiting = value === undefined && option !== undefined && takesValue(option) ? option : undefined;
    } else {
      const inner = operands.length === 0 ? commandsOf(command).find((each) => [each.name(), ...each.aliases()].includes(word)) : undefined;
      if (inner === undefined) operands.push(word);
      else [command, operands] = [inner, []];
    }
  }
  return { program, command, awaiting, isPlain, operands, used, values };
}

function splitAt(word: string): [string, string?] {
  const index = word.indexOf('=');
  return index === -1 || !word.startsWith('--') ? [word] : [word.slice(0, index), word.slice(index + 1)];
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

/** Those that the help shows. */
function optionsOf(command: Command): Option[] {
  return command.createHelp().visibleOptions(command);
}

function commandsOf(command: Command): Command[] {
  return command.createHelp().visibleCommands(command);
}

async function waysOn(line: Line, typed: string, lookUp: LookUp): Promise<Completion> {
  const { command, awaiting, isPlain, operands, used } = line;
  const isOption = !isPlain && typed.startsWith('-');
  if (awaiting !== undefined && (awaiting.required || !isOption)) {
    const value = await valuesOf(awaiting, line, lookUp);
    // It may be left out, or the list be over: then an argument stands here.
    return awaiting.required && !awaiting.variadic ? value : joined(value, await argumentsOf(line, lookUp));
  }
  if (!isOption) {
    const commands = operands.length === 0 ? commandsOf(command).map(aboutCommand) : [];
    return joined({ suggestions: commands, paths: 'none' }, await argumentsOf(line, lookUp));
  }
  const [name, value] = splitAt(typed);
  const options = optionsOf(command);
  if (value !== undefined) {
    const option = options.find(({ long }) => long === name);
    if (option === undefined || !takesValue(option)) return { suggestions: [], paths: 'none' };
    const { suggestions, paths } = await valuesOf(option, line, lookUp);
    return { suggestions: suggestions.map(({ word, about }) => ({ word: `${name}=${word}`, about })), paths };
  }
  const open = options.filter((option) => !used.has(option) || option.variadic || option.parseArg !== undefined);
  return { suggestions: open.map(({ long, short, description }) => ({ word: long ?? short ?? '', about: description })), paths: 'none' };
}

function aboutCommand(command: Command): Suggestion {
  return { word: command.name(), about: command.description() };
}

function joined(first: Completion, second: Completion): Completion {
  return {
    suggestions: [...first.suggestions, ...second.suggestions],
    paths: first.paths === 'none' ? second.paths : first.paths,
  };
}

async function argumentsOf(line: Line, lookUp: LookUp): Promise<Completion> {
  const known = line.command.registeredArguments;
  const last = known.at(-1);
  const index = line.operands.length;
  const argument: Argument | undefined = known[index] ?? (last?.variadic === true ? last : undefined);
  if (argument === undefined) return { suggestions: [], paths: 'none' };
  return ofKind(kindOfArgument(argument.name(), known[index + 1]?.name()), argument.argChoices, line, lookUp);
}

function valuesOf(option: Option, line: Line, lookUp: LookUp): Promise<Completion> {
  return ofKind(kindOfValue(option.long, option.flags), option.argChoices, line, lookUp);
}

async function ofKind(
  kind: WordKind | undefined,
  choices: readonly string[] | undefined,
  { program, operands, values }: Line,
  lookUp: LookUp,
): Promise<Completion> {
  if (choices !== undefined) return { suggestions: choices.map((word) => ({ word, about: '' })), paths: 'none' };
  if (kind === undefined) return { suggestions: [], paths: 'none' };
  if (kind === 'files' || kind === 'folders') return { suggestions: [], paths: kind };
  const commands = kind === 'commands' || kind === 'topics' ? commandsOf(program).map(aboutCommand) : [];
  if (kind === 'commands') return { suggestions: commands, paths: 'none' };
  const suggestions = [...commands, ...(await lookUp(kind, { operands, values }))];
  return { suggestions, paths: kind === 'workflow files' || kind === 'models to run' ? 'files' : 'none' };
}
