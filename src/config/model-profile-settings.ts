import { samplingSchema, samplingShape } from './sampling-settings.ts';
import { choice, wholeNumber } from './setting-types.ts';

/** What suits a model, whichever way it is found. */
export const modelProfileShape = {
  instructions: choice(['full', 'brief', 'plain'])
    .optional()
    .meta({ description: "How long the instructions are; absent: by the model's class." }),
  layout: choice(['contract', 'material', 'transcript', 'per_role'])
    .optional()
    .meta({ description: "What a task is shown of its run, as in prompt_layout; absent: by the model's class." }),
  attempts: wholeNumber(1)
    .optional()
    .meta({ description: "How often a file is asked for at most until nothing is found wrong with it; absent: by the model's class." }),
  reasoning: choice(['leave_out', 'keep'])
    .optional()
    .meta({ description: 'Whether the reasoning of earlier replies stands in later transcripts; absent: leave_out.' }),
  ...samplingShape,
  files: samplingSchema().optional().meta({ description: 'The same for steps that write files only.' }),
  text: samplingSchema().optional().meta({ description: 'The same for steps that write text only.' }),
};
