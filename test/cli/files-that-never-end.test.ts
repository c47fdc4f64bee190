import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importCommand } from '../../src/cli/commands/import.ts';
import { findOwnCommand } from '../../src/cli/own-command.ts';
import { readWizardMemory } from '../../src/cli/wizard/wizard-memory.ts';
import { readRecording } from '../../src/llm/recording/read-recording.ts';
import { loadWorkflow } from '../../src/workflows/load-workflow.ts';
import { makePipe } from '../support/make-pipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What a project may hold in place of a file: a pipe that nobody writes to, and a link to a device that never ends. */
const traps: readonly (readonly [string, (path: string) => void])[] = [
  ['a pipe', makePipe],
  ['a device', (path) => symlinkSync('/dev/zero', path)],
];

describe.each(traps)('%s in place of a file is not read', (_trap, lay) => {
  it('as a workflow', () => {
    const path = join(temporaryFolder(), 'workflow.yaml');
    lay(path);
    expect(() => loadWorkflow(path)).toThrow(expect.objectContaining({ code: 'workflow.unreadable' }));
  });

  it('as a recording', async () => {
    const path = join(temporaryFolder(), 'exchanges.jsonl');
    lay(path);
    await expect(readRecording(path)).rejects.toMatchObject({ code: 'recording.unreadable' });
  });

  it('as an export', async () => {
    const folder = temporaryFolder();
    lay(join(folder, 'run.json'));
    await expect(importCommand(join(folder, 'run.json'), { workspace: folder })).rejects.toMatchObject({ code: 'usage' });
  });

  it('as what the wizard remembers', async () => {
    const workspace = temporaryFolder();
    mkdirSync(join(workspace, '.multiagent'));
    lay(join(workspace, '.multiagent', 'wizard.json'));
    expect(await readWizardMemory(workspace)).toEqual({});
  });

  it('as the package that says what the command is called', () => {
    const folder = temporaryFolder();
    lay(join(folder, 'package.json'));
    const options = { folder, root: temporaryFolder(), script: join(folder, 'x.js'), node: '/usr/bin/node', environment: {} };
    expect(findOwnCommand(options)).toContain('x.js');
  });
});

it('what the wizard remembers proposes nothing outside of the project, and no other machine', async () => {
  const workspace = temporaryFolder();
  mkdirSync(join(workspace, '.multiagent'));
  const inside = join(workspace, 'a.py');
  symlinkSync('/etc', join(workspace, 'link'));
  writeFileSync(inside, '');
  const memory = {
    workflow: 'bug_fix',
    address: 'http://127.0.0.1:1/v1,http://models.example.com',
    files: ['/etc/passwd', join(workspace, 'link', 'passwd'), join(workspace, '..', 'x'), inside],
    requirement: { source: 'file', file: '/etc/passwd' },
  };
  writeFileSync(join(workspace, '.multiagent', 'wizard.json'), JSON.stringify(memory));
  expect(await readWizardMemory(workspace)).toEqual({ workflow: 'bug_fix', files: [inside] });
});
