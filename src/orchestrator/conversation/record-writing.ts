import { isDeepStrictEqual } from 'node:util';
import { FileWriteError, type WriteReport } from '../../files/write-report.ts';
import type { RunState } from '../../state/run/run-state.ts';
import type { Report } from '../run/run-journal.ts';
import type { StepOptions } from '../step-kinds/step-kind.ts';

/**
 * Waits until files are written and records what became of them, also where the system then refuses the rest.
 * @throws what the writing throws.
 */
export async function recordWriting({ run, task, assignment }: StepOptions, writing: Promise<WriteReport>): Promise<WriteReport> {
  const record = (report: WriteReport) => assignment.record(reportsOf(task.task, report).filter((one) => !isKnown(one, run.journal.state)));
  try {
    const report = await writing;
    await record(report);
    return report;
  } catch (error) {
    if (error instanceof FileWriteError) await record(error.report);
    throw error;
  }
}

function reportsOf(task: string, { written, refused, collisions }: WriteReport): Report[] {
  return [
    ...written.map((file): Report => ({ type: 'artifact.written', data: { ...file, task } })),
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

/** A task that was cut off after its files were recorded brings them to the disk once more; people are told of each trouble once. */
function isKnown({ type, data }: Report, { refusals, collisions }: RunState): boolean {
  switch (type) {
    case 'artifact.refused':
      return refusals.some(({ task, name, sha256, range }) =>
        isDeepStrictEqual([task, name, sha256, range], [data.task, data.name, data.sha256, data.range]),
      );
    case 'artifact.collided':
      return collisions.some(({ path, task, sha256, earlier }) =>
        isDeepStrictEqual([path, task, sha256, earlier], [data.path, data.task, data.sha256, data.earlier]),
      );
    default:
      return false;
  }
}
