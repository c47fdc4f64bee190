import { samplingSchema, samplingShape } from './sampling-settings.ts';
import { choice, wholeNumber } from './setting-types.ts';

/** What suits a model, however the profile is found. */
export const modelProfileShape = {
  instructions: choice(['full', 'brief', 'plain'])
    .optional()
    .meta({ description: "How long the instructions are; absent: by the model's class." }),
  layout: choice(['contract', 'material', 'transcript', 'per_role'])
    .optional()
    .meta({ description: "What a task sees of its run, as in prompt_layout; absent: by the model's class." }),
  attempts: wholeNumber(1)
    .optional()
    .meta({ description: "How often a file is requested at most until no check finds a fault in it; absent: by the model's class." }),
  edits: choice(['whole', 'blocks']).optional().meta({
    description: "How long files are changed: given whole, or by blocks that quote the lines that change; absent: by the model's class.",
  }),
  calls: choice(['native', 'text']).optional().meta({
    description: "How it calls tools: by calls of its server's protocol, or in its text; absent: text.",
  }),
  reasoning: choice(['leave_out', 'keep'])
    .optional()
    .meta({ description: 'Whether later transcripts contain the reasoning of earlier replies; absent: leave_out.' }),
  ...samplingShape,
  files: samplingSchema().optional().meta({ description: 'The same for steps that write files only.' }),
  text: samplingSchema().optional().meta({ description: 'The same for steps that write text only.' }),
};
