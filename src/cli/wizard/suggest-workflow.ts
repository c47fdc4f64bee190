/** A workflow that suits a requirement, and why: a sentence for a person, which may quote the requirement. */
export interface WorkflowSuggestion {
  workflow: string;
  why: string;
}

export interface SuggestWorkflowOptions {
  requirement: string;
  /** Whether there is code that the team can work on. */
  code: 'there' | 'none';
}

/** The first rule that matches decides. `code`: it is about code that is there already. */
const rules = [
  { workflow: 'code_review', about: 'code', words: /\b(code review|review (the|this|our|my) (code|changes?|program|modules?))\b/i },
  {
    workflow: 'tests_for_existing_code',
    about: 'code',
    words: /\b((add|write|more|missing) (unit |integration |regression |some |the |more |missing )?tests?|test coverage)\b/i,
  },
  {
    workflow: 'analysis',
    about: 'anything',
    words: /\b(feasib\w*|should (we|i)|whether to|is it worth|evaluate|assess\w*|pros and cons|trade-?offs?)\b/i,
  },
  {
    workflow: 'bug_fix',
    about: 'code',
    words: /\b(bugs?|bug-?fix|fix(es|ed)?|broken|crash(es|ed|ing)?|regression|wrong(ly)?|fails?|failing|error in)\b/i,
  },
  { workflow: 'refactoring', about: 'code', words: /\brefactor(s|ed|ing)?\b/i },
  {
    workflow: 'infrastructure',
    about: 'anything',
    words:
      /\b(docker(file)?|docker-compose|compose file|kubernetes|helm|terraform|ansible|pipelines?|ci\/cd|infrastructure|deploy(ment)?|provision\w*)\b/i,
  },
  { workflow: 'documentation', about: 'anything', words: /\b(document(s|ed|ation)?|docs|manual|handbook|user guide|tutorial|readme)\b/i },
  { workflow: 'quick_answer', about: 'anything', words: /^(what|how|why|where|which|when|who|is|are|does|do|can)\b[^?]{0,280}\?\s*$/i },
] as const;

/** The workflow for whatever no rule is about. */
const usual = 'feature_development';

/**
 * The workflow that most likely suits a requirement. The title decides if a rule matches it, else the first paragraph. Later text does not count, because
 * a feature's requirement often ends with sentences about its deployment and documentation.
 */
export function suggestWorkflow({ requirement, code }: SuggestWorkflowOptions): WorkflowSuggestion {
  const [title = '', next = ''] = requirement.split(/\n+/u).filter((line) => line.trim() !== '');
  const parts = [
    { text: title.slice(0, 300), where: 'first line' },
    { text: next.slice(0, 300), where: 'first paragraph' },
  ];
  const fits = parts.flatMap(({ text, where }) =>
    rules.flatMap(({ workflow, about, words }) => {
      const [found] = words.exec(text) ?? [];
      return found === undefined
        ? []
        : [{ workflow, about, why: workflow === 'quick_answer' ? 'it asks a question' : `its ${where} says "${found}"` }];
    }),
  );
  const fit = fits.find(({ about }) => about === 'anything' || code === 'there');
  if (fit !== undefined) return { workflow: fit.workflow, why: `Suggested, because ${fit.why}.` };
  const [missed] = fits;
  if (missed !== undefined) return { workflow: usual, why: `Suggested: ${missed.why}, but there is no code in this folder.` };
  return { workflow: usual, why: 'Suggested, because its beginning asks for nothing more special.' };
}
