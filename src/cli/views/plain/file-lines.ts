import { outputTail } from '../../../orchestrator/checks/output-tail.ts';
import type { EventData } from '../../../events/run-stream-events.ts';
import { printableLine } from '../../../utils/printable.ts';
import { removalSentence } from '../../../orchestrator/results/removal-sentence.ts';
import { checkSentence } from '../../../orchestrator/checks/check-sentence.ts';
import { failureLines } from '../../../orchestrator/checks/verification-sentence.ts';
import { calledSentence } from '../../../orchestrator/calling/called-sentence.ts';
import { readSentence } from '../../../orchestrator/showing/read-sentence.ts';
import { installBegins, installSentence } from '../../../orchestrator/packages/install-sentence.ts';
import { collisionSentence, findingLines } from '../event-sentences.ts';
import { formatDuration } from '../format-time.ts';
import { taskOfActivity } from '../../../utils/run-id.ts';
import type { PlainHandlers, PlainLines } from './plain-lines.ts';

/** What is told of files and of what was run: written, removed, refused, checked, tried. */
export const fileLines: PlainHandlers = {
  'artifact.restored': (lines, { data }) => lines.write(`${printableLine(`Written again, because it was missing: ${data.path}`)}\n`),
  'artifact.edited': (lines, { data }) => lines.write(`${printableLine(`Left as it is, because somebody has changed it: ${data.path}`)}\n`),
  'artifact.written': (lines, { data }) => {
    const shown = lines.tasks.get(data.task);
    if (shown !== undefined) shown.changedFiles ||= data.outcome !== 'unchanged';
    lines.tell(data.task, `${data.outcome} ${data.path} (${data.bytes} bytes)`);
  },
  'artifact.removed': (lines, { data }) => {
    const shown = lines.tasks.get(data.task);
    if (shown !== undefined) shown.changedFiles = true;
    lines.tell(data.task, removalSentence(data));
  },
  'artifact.mended': (lines, { data }) => lines.tell(data.task, `mended ${data.path}: ${data.changes.join('; ')}`),
  'artifact.checked': (lines, { data }) => {
    for (const text of findingLines(data)) lines.tell(data.task, text);
  },
  'examples.tried': (lines, { data }) => {
    const held = data.examples.filter(({ outcome }) => outcome === 'holds').length;
    lines.tell(data.task, `tried the requirement's examples: ${held} of ${data.examples.length} hold`);
    for (const { outcome, why } of data.examples) if (outcome === 'fails' && why !== undefined) lines.tell(data.task, `  ${why}`);
  },
  'check.started': (lines, { data }) => checkBegins(lines, data),
  'check.finished': (lines, { data }) => checkEnds(lines, data),
  'activity.started': (lines, { data }) => {
    if (data.kind === 'command') checkBegins(lines, data);
    if (data.kind === 'install')
      lines.write(`${printableLine(`${installBegins(data)}, for at most ${formatDuration(data.timeoutMilliseconds)}`)}\n`);
  },
  'activity.completed': (lines, { data }) => {
    if (data.kind === 'command') checkEnds(lines, data);
    if (data.kind === 'install') lines.write(`${printableLine(installSentence(data))}\n`);
    if (data.kind === 'tool') lines.tell(taskOfActivity(data.activity), calledSentence(data));
    if (data.kind === 'read') lines.tell(taskOfActivity(data.activity), readSentence(data));
  },
  'artifact.refused': (lines, { data }) => lines.tell(data.task, `not written${data.name === '' ? '' : `, ${data.name}`}: ${data.reason}`),
  'artifact.collided': (lines, { data }) => lines.tell(data.task, collisionSentence(data)),
};

function checkBegins(lines: PlainLines, { command, timeoutMilliseconds }: EventData<'check.started'>): void {
  lines.write(`${printableLine(`Checking with '${command}', for at most ${formatDuration(timeoutMilliseconds)}`)}\n`);
}

function checkEnds(lines: PlainLines, data: Omit<EventData<'check.finished'>, 'task'>): void {
  lines.write(`${printableLine(checkSentence(data))}\n`);
  if (data.verification !== undefined) {
    for (const line of failureLines(data.verification)) lines.write(`    ${printableLine(line)}\n`);
    return;
  }
  if (data.outcome !== 'passed' || lines.detail === 'verbose') lines.write(indentedTail(data.output));
}

/** The last lines of a command's output, indented. */
function indentedTail(output: string): string {
  return outputTail(output)
    .map((line) => `    ${line}\n`)
    .join('');
}
