/** In the order in which they are asked; the first one that fits is suggested. */
const rules = [
  { workflow: 'analysis', words: /\b(feasib\w*|should (we|i)|whether to|is it worth|evaluate|assess\w*|pros and cons|trade-?offs?)\b/i },
  {
    workflow: 'bug_fix',
    words: /\b(bugs?|bug-?fix|fix(es|ed)?|broken|crash(es|ed|ing)?|regression|wrong(ly)?|fails?|failing|error in)\b/i,
  },
  {
    workflow: 'infrastructure',
    words:
      /\b(docker(file)?|docker-compose|compose file|kubernetes|helm|terraform|ansible|pipelines?|ci\/cd|infrastructure|deploy(ment)?|provision\w*)\b/i,
  },
  { workflow: 'documentation', words: /\b(document(s|ed|ation)?|docs|manual|handbook|user guide|tutorial|readme)\b/i },
] as const;

/**
 * The workflow that a requirement most likely wants. The title decides where it says anything; else the first paragraph. What comes later does not
 * count: a feature's requirement ends in sentences about its deployment and documentation, too.
 */
export function suggestWorkflow(requirement: string): string {
  const [title = '', ...rest] = requirement.split(/\n+/u).filter((line) => line.trim() !== '');
  const fits = (text: string) => rules.find(({ words }) => words.test(text))?.workflow;
  return fits(title.slice(0, 300)) ?? fits((rest[0] ?? '').slice(0, 300)) ?? 'feature_development';
}
