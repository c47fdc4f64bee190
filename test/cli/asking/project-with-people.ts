import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../../support/run-command.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { program } from '../../orchestrator/step-kinds/people.ts';

const release = `name: release
title: Release
description: A program that somebody approves.
steps:
  - { id: implementation, role: developer, task_type: implementation, description: Write it., expects: files }
  - { id: approval, kind: approval, description: Ask., ask: May this go out?, depends_on: [implementation], timeout: 3d }
`;
const colours = `name: colours
title: Colours
description: Somebody answers.
inputs: { requirement: optional }
steps:
  - { id: colour, kind: question, description: Ask., ask: Which colour?, answer: { choice: [red, blue] } }
  - { id: size, kind: question, description: Ask., ask: How large?, answer: number }
`;

/** A folder with these workflows, in which the command works on a fake server. No terminal is there. */
export async function project(hostile = '') {
  let versions = 0;
  const server = await startFakeLlamaServer({ reply: () => program(`version ${(versions += 1)}${hostile}`) });
  onTestFinished(() => server.close());
  const directory = temporaryFolder();
  mkdirSync(join(directory, '.multiagent', 'workflows'), { recursive: true });
  writeFileSync(join(directory, '.multiagent', 'workflows', 'release.yaml'), release);
  writeFileSync(join(directory, '.multiagent', 'workflows', 'colours.yaml'), colours);
  const call = (...args: string[]) => runCommand(args, { directory });
  const run = (workflow = 'release', ...args: string[]) => call('run', workflow, 'Greet.', '--base-url', server.address, ...args);
  const fileOf = (output: string, path: string) => join(directory, /^ {2}Files {4}(.*)$/m.exec(output)?.[1] ?? '', path);
  return { directory, call, run, fileOf, address: server.address };
}
