import { longestMatchedName } from '../../utils/is-quick-pattern.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Sampling } from '../chat-model.ts';
import { samplingOf, type SamplingData } from '../chat/sampling-data.ts';
import { modelKey } from '../server/model-key.ts';
import { classifyModel, type ModelClass } from './model-class.ts';
import type { PromptLayout } from './prompt-layout.ts';

/** What suits a model, found by its name. */
export interface ModelProfile {
  /** The regular expression that found it; empty in the default profile. */
  match: string;
  /** What the model is taken for, and why: a sentence for people. */
  modelClass: ModelClass;
  because: string;
  /** Small models lose the thread in long instructions. */
  instructions: 'full' | 'brief' | 'plain';
  /** What a task is shown of its run. */
  layout: PromptLayout;
  /** How often a file is asked for at most until nothing is found wrong with it; the best is taken. */
  attempts: number;
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
  instructions?: 'full' | 'brief' | 'plain' | undefined;
  layout?: PromptLayout | undefined;
  attempts?: number | undefined;
  reasoning?: 'leave_out' | 'keep' | undefined;
  files?: SamplingData | undefined;
  text?: SamplingData | undefined;
}

/** For models of which nobody says how to sample: code wants the likeliest words, prose some freedom. */
const unknownModel = { files: { temperature: 0.2 }, text: { temperature: 0.7 } } as const;

/** What was measured for models of that class; for what was not measured, what larger models have always had. docs/evaluation.md tells the figures. */
const byClass = {
  small: { instructions: 'plain', layout: 'contract', attempts: 3 },
  medium: { instructions: 'full', layout: 'transcript', attempts: 1 },
  large: { instructions: 'full', layout: 'transcript', attempts: 1 },
} as const satisfies Record<ModelClass, Pick<ModelProfile, 'instructions' | 'layout' | 'attempts'>>;

let shipped: readonly ModelProfileData[] | undefined;

/** The profiles that come with the program, in the order in which they are tried. */
export function shippedModelProfiles(): readonly ModelProfileData[] {
  shipped ??= parse(readFileSync(join(import.meta.dirname, 'model-profiles.yaml'), 'utf8')) as ModelProfileData[];
  return shipped;
}

function stated(profile: Partial<ModelProfileData> | undefined): Partial<ModelProfileData> {
  return Object.fromEntries(Object.entries(profile ?? {}).filter(([, value]) => value !== undefined));
}

/**
 * The profile for a model. Looked at is the last part of its name, after `/` or `\`, so that folders and publishers decide nothing. A profile of the
 * user's own (`settings.model_profiles`) is asked first, then the shipped ones; in each list the first match counts. What the user's own leaves out
 * comes from the shipped one; what that leaves out: instructions, layout and attempts by the model's class, and where neither names a temperature, 0.2 for
 * files and 0.7 for text.
 * @param over What is said of this very model; it wins.
 * @throws SyntaxError if `match` of an own profile is no regular expression; settings that were loaded cannot hold such a one.
 */
export function findModelProfile(name: string, own: readonly ModelProfileData[] = [], over: Partial<ModelProfileData> = {}): ModelProfile {
  const model = modelKey(name);
  const find = (profiles: readonly ModelProfileData[]) =>
    profiles.find(({ match }) => new RegExp(match, 'i').test(model.slice(0, longestMatchedName)));
  const found: ModelProfileData = { match: '', ...stated(find(shippedModelProfiles())), ...stated(find(own)), ...stated(over) };
  const { modelClass, because } = classifyModel(model);
  const forClass = byClass[modelClass];
  const fallback = found.temperature === undefined ? unknownModel : { files: {}, text: {} };
  return {
    match: found.match,
    modelClass,
    because,
    instructions: found.instructions ?? forClass.instructions,
    layout: found.layout ?? forClass.layout,
    attempts: found.attempts ?? forClass.attempts,
    reasoning: found.reasoning ?? 'leave_out',
    ...limits(found),
    files: limits({ ...fallback.files, ...found.files }),
    text: limits({ ...fallback.text, ...found.text }),
  };
}

function limits(data: SamplingData): { sampling: Sampling; maxTokens?: number } {
  return { sampling: samplingOf(data), ...(data.max_tokens === undefined ? {} : { maxTokens: data.max_tokens }) };
}
