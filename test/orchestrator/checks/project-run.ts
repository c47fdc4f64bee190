import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { env } from 'node:process';
import { ProjectFiles } from '../../../src/orchestrator/checks/project-files.ts';
import { noPackages } from '../../../src/orchestrator/checks/seen-packages.ts';
import { WorkChecks } from '../../../src/orchestrator/checks/work-checks.ts';
import { probeOnce } from '../../../src/orchestrator/run-commands.ts';
import { Bubblewrap } from '../../../src/sandbox/bubblewrap/bubblewrap.ts';
import { applyEvent, type CheckRecord, type RunState } from '../../../src/state/run/run-state.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import { hashContent } from '../../../src/utils/hash-content.ts';
import { runEvent, added, started } from '../../support/run-events.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

export type Contents = Record<string, string>;

export interface ProjectRunOptions {
  /** What lies in the project when the run begins. */
  project: Contents;
  /** What Git ignores there. */
  ignored?: Contents;
  /** Which of the files the run was given whole. */
  shown?: string[];
  command?: string;
}

/** A run of one task on a project that is there already, whose work is checked in the real sandbox. */
export function projectRun({ project, ignored = {}, shown = [], command }: ProjectRunOptions) {
  const workspace = join(temporaryFolder(), 'project');
  const folder = join(workspace, 'output', 'generated', 'r');
  const contents = new Map<string, Uint8Array>();
  const keep = (text: string) => {
    contents.set(hashContent(text), Buffer.from(text));
    return hashContent(text);
  };
  const put = (path: string, text: string | undefined, at = workspace) => {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    if (text === undefined) rmSync(join(at, path));
    else writeFileSync(join(at, path), text);
  };
  for (const [path, text] of Object.entries({ ...project, ...ignored })) put(path, text);
  mkdirSync(folder, { recursive: true });
  const lines = Object.entries(project).map(([path, text]) => JSON.stringify({ path, sha256: hashContent(text), bytes: text.length }));
  const knowledge = {
    standing: '',
    relevant: '',
    base: keep(lines.join('\n')),
    fileCount: 1,
    tokens: 1,
    near: [],
    skills: [],
    leftOut: [],
  };
  const files = shown.map((path) => ({ path, content: project[path] ?? '' }));
  const begun = started('r');
  let state: RunState | undefined;
  const take = (event: NewEvent) => {
    const sequence = (state?.lastSequence ?? 0) + 1;
    state = applyEvent(state, { ...event, stream: 'run:r', sequence, position: sequence });
  };
  take({ ...begun, data: { ...begun.data, input: { requirement: 'x', files, project: knowledge } } } as NewEvent);
  take(added('r', 'fix'));
  take(runEvent('r', 'task.started', { task: 'fix', attempt: 1 } as never));
  const now = () => state as RunState;
  const contentOf = async (sha256: string) => contents.get(sha256);
  const source = new ProjectFiles({ workspace, contentOf, environment: env });
  const sandbox = new Bubblewrap();
  const checks = new WorkChecks({
    verify: 'auto',
    command,
    timeoutMilliseconds: 20_000,
    commands: { sandbox, probe: probeOnce(sandbox), folder, workspace, environment: env as Record<string, string>, secrets: [] },
    project: source,
    packages: { seenBy: async () => noPackages, whyMissing: async () => 'not_allowed' },
  });
  return {
    workspace,
    folder,
    source,
    put,
    state: now,
    write(path: string, text: string) {
      put(path, text, folder);
      const data = { task: 'fix', path, bytes: text.length, sha256: keep(text), outcome: 'created' as const, format: 'f', range: [0, 1] };
      take(runEvent('r', 'artifact.written', data as never));
    },
    remove(path: string) {
      take(runEvent('r', 'artifact.removed', { task: 'fix', path, sha256: hashContent(project[path] ?? '') } as never));
    },
    /** Checks what lies there, and gives what the journal has of it since the start. */
    async check(): Promise<CheckRecord[]> {
      const task = now().tasks.get('fix')!;
      const record = async (reports: readonly { type: string; data: object }[]) => {
        for (const { type, data } of reports) take(runEvent('r', type as 'task.started', data as never));
      };
      await checks.check({ task, state: now(), contentOf, record, signal: new AbortController().signal });
      return now().checks;
    },
  };
}
