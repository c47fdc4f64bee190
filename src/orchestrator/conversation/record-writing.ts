import { FileWriteError, type WriteReport } from '../../files/write-report.ts';
import type { CollisionRecord, RefusalRecord, RemovalRecord } from '../../state/run/run-records.ts';
import type { RunState } from '../../state/run/run-state.ts';
import type { Report } from '../journal/run-journal.ts';
import type { StepOptions } from '../step-kind.ts';

/**
 * Waits until files are written and records what became of them, also where the system then refuses the rest.
 * @throws what the writing throws.
 */
export async function recordWriting({ run, task, assignment }: StepOptions, writing: Promise<WriteReport>): Promise<WriteReport> {
  const record = (report: WriteReport) => {
    const known = knownTroubles(run.journal.state);
    // They come out of the reply again, which is on the disk.
    return assignment.record(
      reportsOf(task.task, report).filter((one) => !known.has(troubleOf(one) ?? '')),
      'normal',
    );
  };
  try {
    const report = await writing;
    await record(report);
    return report;
  } catch (error) {
    if (error instanceof FileWriteError) await record(error.report);
    throw error;
  }
}

function reportsOf(task: string, { written, removed, refused, collisions }: WriteReport): Report[] {
  return [
    ...written.map((file): Report => ({ type: 'artifact.written', data: { ...file, task } })),
    ...removed.map((file): Report => ({ type: 'artifact.removed', data: { ...file, task } })),
    ...collisions.map(({ path, task: standing, sha256, earlier }): Report => ({
      type: 'artifact.collided',
      data: { path, task: standing, sha256, earlier },
    })),
    ...refused.map(({ name, code, reason, sha256, range, keptAs }): Report => ({
      type: 'artifact.refused',
      data: { task, name, code, reason, sha256, range, ...(keptAs === undefined ? {} : { keptAs }) },
    })),
  ];
}

/** A task that was cut off after its files were recorded brings them to the disk once more; people are told of each trouble once, and a file goes once, unless it has come back since. */
function knownTroubles({ refusals, collisions, removals, artifacts }: RunState): Set<string> {
  const written = new Map(removals.length === 0 ? [] : artifacts.map(({ path, sequence }) => [path, sequence]));
  const removed = removals.filter(({ undone, path, sequence }) => undone === undefined && (written.get(path) ?? 0) < sequence);
  return new Set([...refusals.map(keyOfRefusal), ...collisions.map(keyOfCollision), ...removed.map(keyOfRemoval)]);
}

/** Undefined for a report of no trouble. */
function troubleOf({ type, data }: Report): string | undefined {
  switch (type) {
    case 'artifact.refused':
      return keyOfRefusal(data);
    case 'artifact.collided':
      return keyOfCollision(data);
    case 'artifact.removed':
      return keyOfRemoval(data);
    default:
      return undefined;
  }
}

function keyOfRefusal({ task, name, sha256, range }: Omit<RefusalRecord, 'time' | 'sequence'>): string {
  return JSON.stringify(['refused', task, name, sha256, range]);
}

function keyOfRemoval({ task, path, sha256 }: Pick<RemovalRecord, 'task' | 'path' | 'sha256'>): string {
  return JSON.stringify(['removed', task, path, sha256]);
}

function keyOfCollision({ path, task, sha256, earlier }: Omit<CollisionRecord, 'time' | 'sequence'>): string {
  return JSON.stringify(['collided', path, task, sha256, earlier.task, earlier.sha256]);
}
