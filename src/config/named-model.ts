import { z } from 'zod';
import { modelProfileShape } from './model-profile-settings.ts';
import { serverAddresses, text, wholeNumber } from './setting-types.ts';

/** The name of the model that the `llm_…` settings describe. */
export const shortForm = 'default';

/** Instead of a model's name in `llm_model`: each run chooses among those that can be asked. */
export const anyModel = 'auto';

/** The form of the names by which roles, steps and types of tasks refer to models. */
export const modelName = /^[a-z0-9][a-z0-9_-]{0,63}$/;

const expected = 'a model with its address or its name on the server ({ base_url: http://127.0.0.1:8081/v1 })';

/** One of several models: what `llm_base_url`, `llm_model` … say about the default model. */
export const namedModelSchema = z
  .strictObject(
    {
      base_url: serverAddresses()
        .optional()
        .meta({ description: 'Address of its server, or several, as in llm_base_url; absent: the server of llm_base_url.' }),
      model: text().optional().meta({ description: 'Its name on the server; absent: the model that the server serves.' }),
      api_key: text().optional().meta({ description: 'Key for base_url; absent: none is sent.' }),
      context_tokens: wholeNumber(1024)
        .optional()
        .meta({ description: 'Tokens that a request may hold, if the server does not report it; as in llm_context_tokens.' }),
      profile: z
        .strictObject(modelProfileShape, { error: 'what a model profile says (instructions: brief)' })
        .optional()
        .meta({ description: 'What suits it, as in a model profile without match; it wins over the profile that is found by its name.' }),
    },
    { error: expected },
  )
  .refine(({ base_url, model }) => base_url !== undefined || model !== undefined, { error: expected })
  .refine(({ base_url, api_key, context_tokens }) => base_url !== undefined || (api_key === undefined && context_tokens === undefined), {
    error: 'base_url beside api_key or context_tokens, which belong to an address',
  });

export type NamedModel = z.output<typeof namedModelSchema>;
