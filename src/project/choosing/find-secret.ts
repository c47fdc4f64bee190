/** What a secret looks like in a text. */
interface SecretShape {
  what: string;
  /** One of these is in every such secret. To look for them is much quicker than the expression. */
  marks: readonly string[];
  /** Linear in the text. Its first group is the part that nobody could guess. */
  pattern: RegExp;
}

const shapes: readonly SecretShape[] = [
  {
    what: 'a private key',
    marks: ['PRIVATE KEY'],
    pattern: /-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:\\[rn]|\s){1,4}([\w+/=]{32,80})/g,
  },
  { what: 'an AWS access key', marks: ['AKIA', 'ASIA'], pattern: /\bA(?:KI|SI)A([0-9A-Z]{16})\b/g },
  {
    what: 'a GitHub token',
    marks: ['ghp_', 'gho_', 'ghr_', 'ghs_', 'ghu_', 'github_pat_'],
    pattern: /\b(?:gh[oprsu]_|github_pat_)(\w{36,100})/g,
  },
  { what: 'a GitLab token', marks: ['glpat-'], pattern: /\bglpat-([\w-]{20,60})/g },
  { what: 'an npm token', marks: ['npm_'], pattern: /\bnpm_([A-Za-z0-9]{36})\b/g },
  { what: 'a PyPI token', marks: ['pypi-AgEI'], pattern: /\bpypi-AgEI([\w-]{50,200})/g },
  { what: 'a Hugging Face token', marks: ['hf_'], pattern: /\bhf_([A-Za-z]{34})\b/g },
  { what: 'a Slack token', marks: ['xox'], pattern: /\bxox[abeoprs]-([\w-]{20,100})/g },
  { what: 'a Google API key', marks: ['AIza'], pattern: /\bAIza([\w-]{35})\b/g },
  { what: 'a Stripe key', marks: ['k_live_'], pattern: /\b[rs]k_live_(\w{20,120})/g },
  {
    what: 'an API key',
    marks: ['sk-proj-', 'sk-ant-', 'sk-or-'],
    pattern: /\bsk-(?:proj-|ant-(?:api|admin)\d{2}-|or-v1-)([\w-]{32,200})/g,
  },
  { what: 'a SendGrid key', marks: ['SG.'], pattern: /\bSG\.([\w-]{22}\.[\w-]{43})\b/g },
  { what: 'an Azure storage key', marks: ['AccountKey='], pattern: /\bAccountKey=([\w+/]{86}==)/g },
];

/** Words of which placeholders are made. One of them may stand in a key by chance, or behind it: what counts is what else there is. */
const placeholderWords =
  /example|placeholder|x{4,}|changeme|replace|insert|your|dummy|fake|sample|test|secret|token|value|access|private|api|key|goes|here|with|this|not|real/gi;
/** A placeholder repeats itself; a key has many different characters. */
const fewestCharacters = 10;

export interface FoundSecret {
  /** What it looks like: `a private key`. */
  what: string;
  /** Counted from 1. */
  line: number;
}

/** The first place in a text that looks like a secret, and like no placeholder. */
export function findSecret(text: string): FoundSecret | undefined {
  return secretsIn(text).next().value;
}

/** All of them, by what they look like. Each costs as much as the text is long. */
export function* secretsIn(text: string): Generator<FoundSecret, undefined> {
  for (const { what, marks, pattern } of shapes) {
    if (!marks.some((mark) => text.includes(mark))) continue;
    for (const { index, 1: secret = '' } of text.matchAll(pattern)) {
      if (!isPlaceholder(secret)) yield { what, line: text.slice(0, index).split('\n').length };
    }
  }
  return undefined;
}

/** Whether a text that stands where a key would is none. */
export function isPlaceholder(secret: string): boolean {
  return new Set(secret.replaceAll(placeholderWords, '')).size < fewestCharacters;
}
