import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeWords, type LookUp, type WordsBefore } from '../../../src/cli/completion/complete-words.ts';
import { buildProgram } from '../../../src/cli/program.ts';

const program = buildProgram(() => undefined);
const nothing: LookUp = async () => [];

const waysOn = async (words: string[], lookUp: LookUp = nothing) => {
  const { suggestions, paths } = await completeWords(program, words, lookUp);
  return { words: suggestions.map(({ word }) => word), paths };
};

/** What is looked up for the last word. */
async function lookedUp(words: string[]): Promise<{ kinds: string[]; before: WordsBefore | undefined }> {
  const kinds: string[] = [];
  let before: WordsBefore | undefined;
  await waysOn(words, async (kind, told) => {
    kinds.push(kind);
    before = told;
    return [];
  });
  return { kinds, before };
}

describe('completeWords', () => {
  it('suggests every command that the help shows, with what it does, and none that it hides', async () => {
    const { suggestions } = await completeWords(program, [''], nothing);
    const shown = program.createHelp().visibleCommands(program);
    expect(suggestions).toEqual(shown.map((command) => ({ word: command.name(), about: command.description() })));
    expect(suggestions.map(({ word }) => word)).not.toContain('complete');
  });

  it('suggests every option that the help of a command shows', async () => {
    for (const command of program.commands.filter((each) => each.name() !== 'complete')) {
      const shown = command.createHelp().visibleOptions(command);
      expect((await waysOn([command.name(), '--'])).words, command.name()).toEqual(shown.map(({ long }) => long));
    }
  });

  it.each([
    [['ru'], ['run', 'runs']],
    [
      ['config', 's'],
      ['show', 'schema'],
    ],
    [
      ['run', '--verify', ''],
      ['auto', 'off', 'required'],
    ],
    [['run', '--verify=r'], ['--verify=required']],
    [['run', '--json='], []],
    [['runs', '--status', 'w'], ['waiting']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    // An option that was given is not suggested again, unless it may be.
    [['run', '--quiet', '--qu'], []],
    [['run', '--allow-remote', 'gpu', '--allow-r'], ['--allow-remote']],
    [['run', '--', '--qu'], []],
    [['help', 'worm'], []],
    [['help', 'wo'], ['workflows']],
    [['nonsense', '--he'], ['--help']],
  ])('goes on with %j', async (words, expected) => {
    expect((await waysOn(words)).words).toEqual(expected);
  });

  it.each([
    [['resume', ''], ['runs']],
    [['retry', ''], ['runs or steps']],
    [['retry', 'latest', ''], ['steps']],
    [['rerun', '--from', ''], ['steps']],
    [['show', 'latest', '--reply', ''], ['steps']],
    [['run', ''], ['workflows']],
    [['workflows', 'diff', 'a', ''], ['workflow files']],
    [['run', '--model', ''], ['models']],
    [['run', '--model='], ['models']],
    [['model', 'start', ''], ['models to run']],
    [['agents', 'show', ''], ['roles']],
    // Nobody knows what a person builds, or which command checks it.
    [['run', 'analysis', ''], []],
    [['run', '--check', ''], []],
    [['resume', 'latest', ''], []],
  ])('looks for what %j can be: %j', async (words, kinds) => {
    expect((await lookedUp(words)).kinds).toEqual(kinds);
  });

  it('tells whoever looks it up what was given before', async () => {
    const { before } = await lookedUp(['retry', '--workspace=else where', '--config', 'own.yaml', 'k3f9', '']);
    expect(before?.operands).toEqual(['k3f9']);
    expect([...(before?.values ?? [])]).toEqual([
      ['--workspace', 'else where'],
      ['--config', 'own.yaml'],
    ]);
  });

  it.each([
    [['run', '--req', ''], 'files'],
    [['run', '--file', 'a', ''], 'files'],
    [['run', '--workspace='], 'folders'],
    [['init', ''], 'folders'],
    [['apply', 'latest', ''], 'files'],
    [['workflows', 'diff', ''], 'files'],
    [['run', ''], 'none'],
  ])('says which paths fit: %j, %s', async (words, paths) => {
    expect((await waysOn(words)).paths).toBe(paths);
  });

  it.each(['two\nlines', 'tab\there', '\u001b[31mred', 'turned\u202eround', ''])('leaves out what could break a line: %j', async (word) => {
    const lookUp: LookUp = async () => [word, 'fine'].map((each) => ({ word: each, about: '' }));
    expect((await waysOn(['resume', ''], lookUp)).words).toEqual(['fine']);
  });

  it('suggests only whole words that begin with what was typed, whatever that is', async () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('run', 'retry', '--', '--model', '--file', '-', 'show', '--worktree', '='));
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 5 }), async (words) => {
        const found = await waysOn(words, async () => [{ word: 'latest', about: '' }]);
        for (const each of found.words) expect(each.startsWith(words.at(-1) ?? '')).toBe(true);
        expect(new Set(found.words).size).toBe(found.words.length);
      }),
    );
  });
});
