import { z } from 'zod';
import { namedValues, numberBetween, textList, wholeNumber } from './setting-types.ts';

/** How replies are sampled, by the names that settings, profiles and roles share. */
export const samplingShape = {
  temperature: numberBetween(0, 2).optional().meta({ description: 'Sampling temperature.' }),
  top_p: numberBetween(0, 1).optional().meta({ description: 'Nucleus sampling.' }),
  min_p: numberBetween(0, 1).optional().meta({ description: 'Minimum probability of a token, relative to the likeliest token.' }),
  top_k: wholeNumber(0)
    .optional()
    .meta({ description: 'How many of the likeliest tokens the choice is limited to (llama-server); 0: no limit.' }),
  repeat_penalty: numberBetween(0.5, 2)
    .optional()
    .meta({ description: 'How much less likely a repeated token becomes (llama-server); 1: not at all.' }),
  max_tokens: wholeNumber(1).optional().meta({ description: 'Maximum number of tokens in one reply.' }),
  seed: wholeNumber(0).optional().meta({ description: 'Sampling seed.' }),
  stop: textList().optional().meta({ description: 'Texts at which a reply ends.' }),
  chat_template_kwargs: namedValues()
    .optional()
    .meta({ description: "Options of the model's chat template, such as enable_thinking: false." }),
};

/** Sampling for one role or one kind of step; missing values come from elsewhere. */
export const samplingSchema = () => z.strictObject(samplingShape, { error: 'sampling settings with names (temperature: 0.2)' });
