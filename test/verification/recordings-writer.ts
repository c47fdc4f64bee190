/**
 * Runs the real tools on the projects of the recordings and writes what they say: `node test/verification/recordings-writer.ts [name …]`. A new recording
 * begins as `{ "files": { … }, "runs": [] }`. The toolchains have to be on PATH; for Vitest, Jest and TypeScript `NODE_PROJECTS` names a folder in which they
 * are installed.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { planChecks } from '../../src/verification/plan-checks.ts';
import { checkedFiles, readRecording, type RecordedRun, recordingsFolder } from './recording.ts';
import { runPlanned } from './run-planned.ts';

const names = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(recordingsFolder).map((file) => file.slice(0, -'.json'.length));

for (const name of names) {
  const { files } = readRecording(name);
  const runs: RecordedRun[] = [];
  for (const check of await planChecks(checkedFiles(files))) {
    const { folder, ...run } = await runPlanned(files, check, process.env['NODE_PROJECTS']);
    const anywhere = (text: string) =>
      text
        .replaceAll(folder, '/project')
        .replaceAll(dirname(dirname(folder)), '/somewhere')
        .replaceAll(homedir(), '/home/somebody')
        .replaceAll(/https:\/\/[\w.-]+\//g, 'https://registry.example/')
        .replaceAll(/hostname="[^"]*"/g, 'hostname="here"')
        .replaceAll(/\n.*<property name=.*/g, '');
    runs.push({ ...run, output: anywhere(run.output), ...(run.report === undefined ? {} : { report: anywhere(run.report) }) });
  }
  writeFileSync(join(recordingsFolder, `${name}.json`), `${JSON.stringify({ files, runs }, undefined, 2)}\n`);
  process.stdout.write(`${name}: ${runs.map(({ exitCode }) => exitCode).join(', ')}\n`);
}
