import { z } from 'zod';
import { modelProfileShape } from './model-profile-settings.ts';
import { pricesSchema } from './price-settings.ts';
import { seconds, serverAddresses, text, variableName, wholeNumber } from './setting-types.ts';

const expected = 'a provider with its kind ({ kind: openai, model: gpt-5, api_key_env: WORK_KEY })';

/** One entry of `providers`: where models are that are reached by another protocol, or with a key of their own. Only the person's own settings may have any. */
export const providerEntrySchema = z.strictObject(
  {
    /** Which kinds there are is known where providers are; see `findProvider`. */
    kind: text().meta({ description: 'How it is spoken to: openai, azure, and what else "multiagent doctor" names.' }),
    base_url: serverAddresses()
      .optional()
      .meta({ description: "Its address, as the provider's own packages take it; absent: the provider's usual one." }),
    model: text().optional().meta({ description: 'The model that is asked unless another is named (work/gpt-5).' }),
    api_key: text().optional().meta({ description: 'Its key; better in a variable, see api_key_env.' }),
    api_key_env: variableName()
      .optional()
      .meta({ description: "The variable of the environment that has its key; absent: the provider's usual one." }),
    api_version: text()
      .optional()
      .meta({ description: 'The version of its API, where there are several (azure); absent: the last that is no preview.' }),
    context_tokens: wholeNumber(1024)
      .optional()
      .meta({ description: 'Tokens that a request may hold, if it does not report it; as in llm_context_tokens.' }),
    tokens_per_minute: wholeNumber(1)
      .optional()
      .meta({ description: 'The most tokens of all requests in any 60 seconds, prompts and replies together.' }),
    requests_per_minute: wholeNumber(1).optional().meta({ description: 'The most requests in any 60 seconds.' }),
    min_interval: seconds().optional().meta({ description: 'Seconds between the beginnings of two requests.' }),
    prices: pricesSchema.optional().meta({
      description:
        "What its models cost, in US dollars per million tokens: input, cached_input, cache_write and output, for all of them or for each by its name; absent: what the program's own table says.",
    }),
    profile: z
      .strictObject(modelProfileShape, { error: 'what a model profile says (instructions: brief)' })
      .optional()
      .meta({ description: 'What suits its model, as in a model profile without match.' }),
  },
  { error: expected },
);
