import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkSyntax } from '../../../src/files/syntax/check-syntax.ts';
import { listFiles } from '../tasks/list-files.ts';
import type { Task } from '../tasks/task.ts';
import type { ReplyRecord, SubjectStatus, Violation } from './result-schema.ts';

export interface Ended {
  task: Pick<Task, 'files' | 'project'>;
  status: SubjectStatus;
  replies: readonly ReplyRecord[];
  generated: string;
}

/** What must not happen, whatever the check says. */
export async function findViolations({ task, status, replies, generated }: Ended): Promise<Violation[]> {
  const claims = status === 'completed' ? await falseClaims(task, generated) : [];
  const long = replies.filter(({ written, planned }) => written !== null && planned !== null && written > 2 * planned);
  return [
    ...claims,
    ...long.map(({ name, written, planned }) => ({
      kind: 'twice-too-long' as const,
      note: `${name}: ${written} tokens where ${planned} were planned`,
    })),
  ];
}

/** The demanded files that "completed" stands over although they are not there, empty, or do not parse. */
async function falseClaims({ files, project }: Ended['task'], generated: string): Promise<Violation[]> {
  const there = new Set(listFiles(generated));
  const given = new Set(project.map(({ path }) => path));
  const violations: Violation[] = [];
  for (const path of files) {
    if (!there.has(path)) {
      const note = given.has(path) ? `${path} was not changed` : path;
      violations.push({ kind: 'completed-but-missing', note });
      continue;
    }
    const content = await readFile(join(generated, path));
    if (content.toString('utf8').trim() === '') {
      violations.push({ kind: 'completed-but-empty', note: path });
      continue;
    }
    const check = await checkSyntax({ path, content });
    if (check.kind === 'unchecked' || check.found === 0) continue;
    const [first] = check.findings;
    violations.push({ kind: 'completed-but-broken', note: `${path}:${first?.line}: ${first?.message}` });
  }
  return violations;
}
