import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Sampling } from '../chat-model.ts';
import { samplingOf, type SamplingData } from '../chat/sampling-data.ts';
import { modelKey } from '../server/model-key.ts';

/** What suits a model, found by its name. */
export interface ModelProfile {
  /** The regular expression that found it; empty in the default profile. */
  match: string;
  /** Small models lose the thread in long instructions. */
  instructions: 'full' | 'brief';
  /** Whether the reasoning of earlier replies stands in later transcripts. */
  reasoning: 'leave_out' | 'keep';
  sampling: Sampling;
  /** Cap of tokens for one reply; a reply that reaches it is final, not continued. */
  maxTokens?: number;
  /** What steps that write files want otherwise. */
  files: { sampling: Sampling; maxTokens?: number };
  /** What steps that write prose want otherwise. */
  text: { sampling: Sampling; maxTokens?: number };
}

/** A profile as it stands in a file: the names of the settings. What it leaves out is decided elsewhere. */
export interface ModelProfileData extends SamplingData {
  match: string;
  instructions?: 'full' | 'brief' | undefined;
  reasoning?: 'leave_out' | 'keep' | undefined;
  files?: SamplingData | undefined;
  text?: SamplingData | undefined;
}

/** For models of which nobody says how to sample: code wants the likeliest words, prose some freedom. */
const unknownModel = { files: { temperature: 0.2 }, text: { temperature: 0.7 } } as const;

/** In billions of parameters: up to here a model gets brief instructions. */
const smallModel = 3;

let shipped: readonly ModelProfileData[] | undefined;

/** The profiles that come with the program, in the order in which they are tried. */
export function shippedModelProfiles(): readonly ModelProfileData[] {
  shipped ??= parse(readFileSync(join(import.meta.dirname, 'model-profiles.yaml'), 'utf8')) as ModelProfileData[];
  return shipped;
}

/**
 * Billions of parameters as the name tells (`-1.5b`, `:0.6b`, `E2B`, `-270m`), the largest if it names several; undefined if it tells none. The active
 * part of a mixture (`a3b`) and mixtures like `8x7b` are no sizes here; millions count only without billions, since `1M` may be a context.
 */
function sizeInName(name: string): number | undefined {
  const sizes = (expression: RegExp) => [...name.matchAll(expression)].map((found) => Number(found[1]));
  const billions = sizes(/(?<![a-z\d.])e?(\d+(?:\.\d+)?)b(?![a-z\d])/gi);
  if (billions.length > 0) return Math.max(...billions);
  const millions = sizes(/(?<![a-z\d.])(\d{2,3})m(?![a-z\d])/gi);
  return millions.length > 0 ? Math.max(...millions) / 1000 : undefined;
}

function stated(profile: ModelProfileData | undefined): Partial<ModelProfileData> {
  return Object.fromEntries(Object.entries(profile ?? {}).filter(([, value]) => value !== undefined));
}

/**
 * The profile for a model. Looked at is the last part of its name, after `/` or `\`, so that folders and publishers decide nothing. A profile of the
 * user's own (`settings.model_profiles`) is asked first, then the shipped ones; in each list the first match counts. What the user's own leaves out
 * comes from the shipped one; what that leaves out: instructions by the size in the name (full where it tells none), and where neither names a
 * temperature, 0.2 for files and 0.7 for text.
 * @throws SyntaxError if `match` of an own profile is no regular expression; settings that were loaded cannot hold such a one.
 */
export function findModelProfile(name: string, own: readonly ModelProfileData[] = []): ModelProfile {
  const model = modelKey(name);
  const find = (profiles: readonly ModelProfileData[]) => profiles.find(({ match }) => new RegExp(match, 'i').test(model));
  const found: ModelProfileData = { match: '', ...stated(find(shippedModelProfiles())), ...stated(find(own)) };
  const size = sizeInName(model);
  const fallback = found.temperature === undefined ? unknownModel : { files: {}, text: {} };
  return {
    match: found.match,
    instructions: found.instructions ?? (size !== undefined && size <= smallModel ? 'brief' : 'full'),
    reasoning: found.reasoning ?? 'leave_out',
    ...limits(found),
    files: limits({ ...fallback.files, ...found.files }),
    text: limits({ ...fallback.text, ...found.text }),
  };
}

function limits(data: SamplingData): { sampling: Sampling; maxTokens?: number } {
  return { sampling: samplingOf(data), ...(data.max_tokens === undefined ? {} : { maxTokens: data.max_tokens }) };
}
