import { longestMatchedName } from '../../utils/is-quick-pattern.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Sampling } from '../chat-model.ts';
import { samplingOf, type SamplingData } from '../chat/sampling-data.ts';
import { modelKey } from '../server/model-key.ts';
import { classifyModel, type ModelClass } from './model-class.ts';
import type { PromptLayout } from './prompt-layout.ts';

/** What suits a model. It is found by the model's name. */
export interface ModelProfile {
  /** The regular expression that matched; empty in the default profile. */
  match: string;
  /** The assumed class of the model, and a sentence for people that says why. */
  modelClass: ModelClass;
  because: string;
  /** Small models lose the thread in long instructions. */
  instructions: 'full' | 'brief' | 'plain';
  /** What a task sees of its run. */
  layout: PromptLayout;
  /** The most times that a file is asked for until no fault is found in it; the best one is taken. */
  attempts: number;
  /** How it changes long files: by giving them whole, or by blocks that quote the lines that change. */
  edits: 'whole' | 'blocks';
  /** How it calls tools: by calls of the server's protocol, which have to be proved for the model, or in its text. */
  calls: 'native' | 'text';
  /** Whether later transcripts contain the reasoning of earlier replies. */
  reasoning: 'leave_out' | 'keep';
  sampling: Sampling;
  /** The cap of tokens for one reply. A reply that reaches it is final and not continued. */
  maxTokens?: number;
  /** What is different for steps that write files. */
  files: { sampling: Sampling; maxTokens?: number };
  /** What is different for steps that write prose. */
  text: { sampling: Sampling; maxTokens?: number };
}

/** A profile as written in a file, with the names of the settings. What it leaves out is decided elsewhere. */
export interface ModelProfileData extends SamplingData {
  match: string;
  instructions?: 'full' | 'brief' | 'plain' | undefined;
  layout?: PromptLayout | undefined;
  attempts?: number | undefined;
  edits?: 'whole' | 'blocks' | undefined;
  calls?: 'native' | 'text' | undefined;
  reasoning?: 'leave_out' | 'keep' | undefined;
  files?: SamplingData | undefined;
  text?: SamplingData | undefined;
}

/** For models without sampling advice: code wants the likeliest words, prose some freedom. */
const unknownModel = { files: { temperature: 0.2 }, text: { temperature: 0.7 } } as const;

/** What was measured as best for models of the class; where nothing was measured, what larger models have always had. The figures are in docs/evaluation.md. */
const byClass = {
  small: { instructions: 'plain', layout: 'contract', attempts: 3, edits: 'whole' },
  medium: { instructions: 'full', layout: 'transcript', attempts: 1, edits: 'whole' },
  large: { instructions: 'full', layout: 'transcript', attempts: 1, edits: 'blocks' },
} as const satisfies Record<ModelClass, Pick<ModelProfile, 'instructions' | 'layout' | 'attempts' | 'edits'>>;

let shipped: readonly ModelProfileData[] | undefined;

/** The program's own profiles, in the order in which they are tried. */
export function shippedModelProfiles(): readonly ModelProfileData[] {
  shipped ??= parse(readFileSync(join(import.meta.dirname, 'model-profiles.yaml'), 'utf8')) as ModelProfileData[];
  return shipped;
}

function stated(profile: Partial<ModelProfileData> | undefined): Partial<ModelProfileData> {
  return Object.fromEntries(Object.entries(profile ?? {}).filter(([, value]) => value !== undefined));
}

/**
 * The profile for a model, found by the last part of its name, after `/` or `\`, so that folders and publishers do not matter. The user's own profiles
 * (`settings.model_profiles`) are tried first, then the shipped ones; in each list the first match counts. What the user's profile leaves out comes from the
 * shipped one. If that leaves them out, too, instructions, layout, attempts and edits follow the model's class, and the temperature is 0.2 for files and 0.7 for text.
 * @param over Values for this very model; they override the profile.
 * @throws SyntaxError if `match` of the user's own profile is not a regular expression; loaded settings cannot contain such a one.
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
    edits: found.edits ?? forClass.edits,
    calls: found.calls ?? 'text',
    reasoning: found.reasoning ?? 'leave_out',
    ...limits(found),
    files: limits({ ...fallback.files, ...found.files }),
    text: limits({ ...fallback.text, ...found.text }),
  };
}

function limits(data: SamplingData): { sampling: Sampling; maxTokens?: number } {
  return { sampling: samplingOf(data), ...(data.max_tokens === undefined ? {} : { maxTokens: data.max_tokens }) };
}
