import { z } from 'zod';
import { modelProfileShape } from './model-profile-settings.ts';
import { numberBetween, seconds, serverAddresses, text, variableName, wholeNumber } from './setting-types.ts';

/** In US dollars per million tokens: nobody takes more. */
const highest = 100_000;
const price = () => numberBetween(0, highest);

const pricesOfModel = z.strictObject(
  {
    input: price().meta({ description: 'A prompt.' }),
    cached_input: price().optional().meta({ description: 'A prompt that the provider had in its cache; absent: as input.' }),
    cache_write: price()
      .optional()
      .meta({ description: 'A prompt that the provider puts into its cache; absent: as input, with anthropic 1.25 times that.' }),
    output: price().meta({ description: 'A reply, thoughts included.' }),
  },
  { error: 'prices ({ input: 1.25, cached_input: 0.125, output: 10 })' },
);

/** Those of one model. */
export type PricesOfModel = z.output<typeof pricesOfModel>;

/** What the models of a provider cost: the same for all, or each its own. */
const pricesSchema = z.union([pricesOfModel, z.record(text(), pricesOfModel)], {
  error: 'prices in US dollars per million tokens ({ input: 1.25, output: 10 }), or such prices for each model (gpt-5: { … })',
});

/** The prices that an entry may give its models. */
export type PriceSettings = z.output<typeof pricesSchema>;

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
