import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { type AllowedOnCommandLine, allowRemoteOption } from '../../src/cli/settings-options.ts';

function given(...args: string[]): AllowedOnCommandLine | undefined {
  const command = new Command().exitOverride().addOption(allowRemoteOption()).option('--other').argument('[words...]');
  return command.parse(args, { from: 'user' }).opts<{ allowRemote?: AllowedOnCommandLine }>().allowRemote;
}

describe('--allow-remote', () => {
  it.each([
    [['--allow-remote'], [true]],
    [['--allow-remote', '--other'], [true]],
    [['--allow-remote', 'models.example'], ['models.example']],
    [['--allow-remote=gpu:8080', 'words'], ['gpu:8080']],
    [
      ['--allow-remote', 'a.example', '--allow-remote', 'b.example,https://c.example', '--allow-remote'],
      ['a.example', 'b.example', 'https://c.example', true],
    ],
    [['words'], undefined],
  ])('is given as %j', (args, expected) => {
    expect(given(...args)).toEqual(expected);
  });

  it.each([
    'feature-development',
    'Build a todo app',
    '20261126-132443408-8q4n',
    '*.example',
    'https://a.example@b.example',
    'a.example,',
    '',
  ])('does not swallow %j: it says where to put what stands behind it', (word) => {
    expect(() => given(`--allow-remote=${word}`)).toThrow(
      expect.objectContaining({ code: 'usage', hint: expect.stringContaining('put it at the end of the line') as string }),
    );
  });
});
