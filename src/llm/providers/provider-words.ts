import type { AnswererWords, AnswerMeaning, ToldAnswer } from '../chat/classify-model-error.ts';
import type { ModelErrorOptions } from '../model-error.ts';
import { withoutCredentials } from '../server/require-local-address.ts';
import { passes } from '../dialects/passing-troubles.ts';

/** A provider as errors speak of it. */
export interface ToldProvider {
  /** The entry's name in the settings. */
  name: string;
  /** For people. */
  title: string;
  address: string;
}

/** @param own What answers mean at this provider alone, asked first. */
export function wordsOfProvider({ name, title, address }: ToldProvider, own: readonly AnswerMeaning[] = []): AnswererWords {
  return {
    who: `the provider ${name} (${title} at ${withoutCredentials(address)})`,
    meanings: [...own, quota, page, key(name), forbidden],
    hints: {
      'server.lost': `See whether ${title} is available and this machine has a connection, then go on: multiagent resume.`,
      'server.redirected': `Set base_url of providers.${name} to the address that it leads to, if that is where your requirement and code may go.`,
      'server.not_streaming': `Check base_url of providers.${name}: a proxy or a page to sign in may stand in between.`,
      'server.endless': `Check base_url of providers.${name}: no provider of models sends that much.`,
      'model.not_found': `Name another model, as --model ${name}/<model> or as model of providers.${name}, or check its base_url.`,
      'model.overflow': `Name a model with a larger context, set context_tokens of providers.${name} to what it has, or shorten the requirement.`,
      'model.bad_request': `The model may not take such a request. Name another one: --model ${name}/<model>.`,
    },
  };
}

/** How providers say that nothing more is paid for. Waiting does not help then, whatever the status. */
const quotaNames: ReadonlySet<string> = new Set([
  'insufficient_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
  'access_terminated',
  'insufficient_balance',
  'quota_exceeded',
]);
const quotaWords =
  /exceeded your current quota|insufficient (?:quota|credits?|balance|funds)|quota (?:has been |is )?(?:used up|exhausted)/i;

function quota({ answer, said, who, status }: ToldAnswer): ModelErrorOptions | undefined {
  const isUsedUp = answer.status === 402 || answer.names.some((name) => quotaNames.has(name)) || quotaWords.test(said);
  if (!isUsedUp) return undefined;
  return {
    kind: 'refused',
    code: 'provider.quota',
    message: `${who} says that its quota is used up${status}: ${said}`,
    hint: 'Add credit or raise the limit there, then go on with what is there: multiagent resume. Or go on with another model: multiagent resume --model <name>.',
  };
}

/** A page where an answer of an API should be, and not one that a busy gateway shows for a while. */
function page({ answer, said, who, status }: ToldAnswer): ModelErrorOptions | undefined {
  if (!/^\s*<(?:!doctype|html|\?xml)/i.test(answer.whole) || passes(answer)) return undefined;
  return {
    kind: 'configuration',
    code: 'provider.page',
    message: `${who} answered with a page for people where an answer of its API was expected${status}: ${said}`,
    hint: 'Check its base_url; a proxy, a firewall or a page to sign in may stand in between.',
  };
}

function key(name: string): AnswerMeaning {
  return ({ answer, said, who, status }) =>
    answer.status === 401
      ? {
          kind: 'configuration',
          code: 'server.unauthorized',
          message: `${who} refuses the key it was given${status}: ${said}${clockOff(answer.headers)}`,
          hint: `Check the key of providers.${name}: the variable that api_key_env names, else the usual one, or api_key in your own settings.`,
        }
      : undefined;
}

function forbidden({ answer, said, who, status }: ToldAnswer): ModelErrorOptions | undefined {
  if (answer.status !== 403) return undefined;
  return {
    kind: 'configuration',
    code: 'provider.forbidden',
    message: `${who} does not allow this${status}: ${said}${clockOff(answer.headers)}`,
    hint: 'See there what the key may do: which models, from which addresses and countries.',
  };
}

/** A clock further off makes signed requests and fresh keys invalid. */
const mostMinutesOff = 5;

/** A sentence on this machine's clock, if it is off by what the answer says. */
function clockOff(headers: Headers | undefined): string {
  const there = Date.parse(headers?.get('date') ?? '');
  const minutes = Math.round((Date.now() - there) / 60_000);
  if (Number.isNaN(minutes) || Math.abs(minutes) <= mostMinutesOff) return '';
  const much = Math.abs(minutes) < 120 ? `${Math.abs(minutes)} minutes` : `${Math.round(Math.abs(minutes) / 60)} hours`;
  return ` The clock of this machine is ${much} ${minutes > 0 ? 'ahead of' : 'behind'} the one there, for which a key may be refused: set it.`;
}
