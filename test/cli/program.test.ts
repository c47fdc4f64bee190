import { expect, it } from 'vitest';
import { buildProgram } from '../../src/cli/program.ts';

it('every command that may tell of a package that --allow-install fetches has this option', () => {
  const options = new Map(
    buildProgram(() => undefined).commands.map((command) => [command.name(), command.options.map(({ long }) => long)]),
  );
  for (const name of ['wizard', 'run', 'demo', 'resume', 'retry', 'rerun', 'refine', 'approve', 'reject', 'answer'])
    expect(options.get(name), name).toContain('--allow-install');
});
