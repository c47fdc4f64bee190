import { heldSentence, modelSentence, saidSentence } from '../event-sentences.ts';
import { estimateSentences } from '../../../orchestrator/results/cost-sentences.ts';
import { projectSentences } from '../../../orchestrator/results/project-sentences.ts';
import { parallelSentence } from '../../../orchestrator/scheduling/parallel-sentence.ts';
import type { LiveHandlers } from './live-run.ts';

/** What the live view learns about the run as a whole. */
export const liveRunEvents: LiveHandlers = {
  'run.started': (run, { data: { run: id, workflow, model, models, maxParallel, transcript, input, inherits } }) => {
    run.title = [
      `Run ${id}: ${workflow.replaceAll('_', ' ')}`,
      modelSentence(model),
      parallelSentence({ maxParallel, transcript }),
      ...projectSentences({ input, inherits }),
      ...(inherits === undefined ? [] : [`Builds on ${inherits.run}`]),
    ];
    run.inherited = new Set(inherits?.tasks);
    run.waitsFor = undefined;
    run.state = 'running';
    run.id = id;
    run.similar = { workflow, model, models };
    run.atOnce = maxParallel;
  },
  'run.resumed': (run, { correlation, data: { model, models } }) => {
    run.id = correlation;
    run.held = undefined;
    run.waitsFor = undefined;
    run.state = 'running';
    if (model === undefined) return;
    run.title[1] = modelSentence(model);
    if (run.similar !== undefined) run.similar = { workflow: run.similar.workflow, model, models };
  },
  'run.estimated': (run, { data }) => void run.notes.push(...estimateSentences(data)),
  'person.said': (run, { data }) => void run.notes.push(saidSentence(data)),
  'run.held': (run, { data }) => void (run.held = heldSentence(data)),
  'run.finished': (run) => void (run.state = 'finished'),
  'run.waiting': (run) => void (run.state = 'finished'),
};
