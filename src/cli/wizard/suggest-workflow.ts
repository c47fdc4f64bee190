/** The first rule that matches decides. */
const rules = [
  { workflow: 'code_review', words: /\b(code review|review (the|this|our|my) (code|changes?|program|modules?))\b/i },
  { workflow: 'analysis', words: /\b(feasib\w*|should (we|i)|whether to|is it worth|evaluate|assess\w*|pros and cons|trade-?offs?)\b/i },
  {
    workflow: 'bug_fix',
    words: /\b(bugs?|bug-?fix|fix(es|ed)?|broken|crash(es|ed|ing)?|regression|wrong(ly)?|fails?|failing|error in)\b/i,
  },
  { workflow: 'refactoring', words: /\brefactor(s|ed|ing)?\b/i },
  {
    workflow: 'infrastructure',
    words:
      /\b(docker(file)?|docker-compose|compose file|kubernetes|helm|terraform|ansible|pipelines?|ci\/cd|infrastructure|deploy(ment)?|provision\w*)\b/i,
  },
  { workflow: 'documentation', words: /\b(document(s|ed|ation)?|docs|manual|handbook|user guide|tutorial|readme)\b/i },
] as const;

/**
 * The workflow that most likely suits a requirement. The title decides if a rule matches it, else the first paragraph. Later text does not count, because
 * a feature's requirement often ends with sentences about its deployment and documentation.
 */
export function suggestWorkflow(requirement: string): string {
  const [title = '', ...rest] = requirement.split(/\n+/u).filter((line) => line.trim() !== '');
  const fits = (text: string) => rules.find(({ words }) => words.test(text))?.workflow;
  return fits(title.slice(0, 300)) ?? fits((rest[0] ?? '').slice(0, 300)) ?? 'feature_development';
}
