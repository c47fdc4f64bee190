/** A field that a request can do without, and its other names in refusals. */
interface LeavableField {
  field: string;
  alsoCalled?: readonly string[];
}

/** The length of a reply is not among them: a cap that a person has set is either kept or reported. */
const leavable: readonly LeavableField[] = [
  { field: 'stream_options', alsoCalled: ['include_usage', 'streamOptions'] },
  { field: 'chat_template_kwargs', alsoCalled: ['enable_thinking', 'chat_template_args'] },
  { field: 'response_format', alsoCalled: ['json_schema', 'guided_json', 'guided_decoding', 'structured_outputs'] },
  { field: 'min_p' },
  { field: 'top_k' },
  { field: 'repeat_penalty' },
  { field: 'dry_multiplier' },
  { field: 'top_p' },
  { field: 'temperature' },
  { field: 'seed' },
  { field: 'stop' },
  { field: 'return_progress' },
  { field: 'cache_prompt' },
  { field: 'id_slot' },
];

/** A field that has another name on some servers. */
const otherNames: readonly { field: string; other: string }[] = [
  { field: 'max_tokens', other: 'max_completion_tokens' },
  { field: 'max_completion_tokens', other: 'max_tokens' },
];

const refuses =
  /unknown|unrecogni[sz]ed|unsupported|not (?:be )?supported|(?:does not|doesn't|do not|don't|cannot|can't) (?:support|accept|allow|recogni[sz]e|be used)|unexpected|extra_forbidden|extra (?:inputs|fields|parameters?)|not (?:permitted|allowed|implemented|available|a valid|recogni[sz]ed)|invalid[_ ](?:parameter|argument|field|key|property|type)|additional ?propert|forbidden|unavailable|deprecated|no longer|only the default|use '?"?`?\w+'?"?`? instead|requires? (?:a )?(?:newer|later)/i;
const statuses: ReadonlySet<number | undefined> = new Set([undefined, 400, 404, 405, 415, 422, 500, 501]);

export interface FieldRefusal {
  status: number | undefined;
  /** All that the server said. */
  whole: string;
}

/** The field of a request that a server refuses, and its other name, if any. Undefined if it refuses no field that could be left out. */
export function refusedField({ status, whole }: FieldRefusal, body: object): { field: string; other?: string } | undefined {
  if (!statuses.has(status) || !refuses.test(whole)) return undefined;
  const renamed = otherNames.find(({ field, other }) => field in body && isNamed(whole, field) && isNamed(whole, other));
  if (renamed !== undefined) return renamed;
  const found = leavable.find(({ field, alsoCalled = [] }) => field in body && [field, ...alsoCalled].some((name) => isNamed(whole, name)));
  return found && { field: found.field };
}

/** A name that is also an English word counts only in quotes. */
function isNamed(text: string, name: string): boolean {
  const places = /[_A-Z]/.test(name)
    ? String.raw`(?<![\w])${name}(?![\w])`
    : String.raw`(?:["'\x60]|\\")${name}(?:["'\x60]|\\")|(?:parameter|argument|field|key)s?:? ${name}\b`;
  return new RegExp(places).test(text);
}
