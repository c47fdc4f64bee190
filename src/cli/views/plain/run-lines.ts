import { printableLine } from '../../../utils/printable.ts';
import { estimateSentences } from '../../../orchestrator/results/cost-sentences.ts';
import { projectSentences } from '../../../orchestrator/results/project-sentences.ts';
import { parallelSentence } from '../../../orchestrator/scheduling/parallel-sentence.ts';
import { heldSentence, modelSentence, saidSentence } from '../event-sentences.ts';
import type { PlainHandlers } from './plain-lines.ts';

/** What is told of the run as a whole. */
export const runLines: PlainHandlers = {
  'run.started': (lines, { data }) => {
    lines.write(`${printableLine(`Run ${data.run}: ${data.workflow.replaceAll('_', ' ')}`)}\n`);
    lines.write(`${printableLine(modelSentence(data.model))}\n`);
    lines.write(`${printableLine(parallelSentence(data))}\n`);
    for (const sentence of projectSentences(data)) lines.write(`${printableLine(sentence)}\n`);
    if (data.inherits === undefined) return;
    for (const task of data.inherits.tasks) lines.inherited.add(task);
    lines.write(`${printableLine(`Taken over from ${data.inherits.run}: ${data.inherits.tasks.join(', ') || 'nothing'}`)}\n`);
  },
  'run.estimated': (lines, { data }) => {
    for (const sentence of estimateSentences(data)) lines.write(`${printableLine(sentence)}\n`);
  },
  'person.said': (lines, { data }) => lines.write(`${printableLine(saidSentence(data))}\n`),
  'run.held': (lines, { data }) => lines.write(`${printableLine(heldSentence(data))}\n`),
  'run.resumed': (lines, { correlation, data: { model } }) => {
    lines.write(`Run ${correlation} continues\n`);
    if (model !== undefined) lines.write(`${printableLine(modelSentence(model))}\n`);
  },
};
