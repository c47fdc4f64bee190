import { mostFindings, type Verdict, type VerdictFinding } from '../verdict.ts';

/** What a verdict is held against. */
export interface VerdictGrounds {
  /** The paths of the files that stand. */
  files: readonly string[];
  /** What checks that really ran say, where something of it fails; empty: nothing fails. */
  failing: readonly string[];
  /** Where files do not parse. */
  broken?: readonly VerdictFinding[] | undefined;
}

/** Nobody reads more of one finding. */
const longestText = 500;

/**
 * The verdict that counts: what a model says, made consistent, and never against what really ran. Work whose checks fail, or whose files do not parse, is not approved, whatever the judge says
 * of it; nor is work in which the judge names something critical or major. A finding about a file that is not there is about the work as a whole. What really ran comes
 * first, and of more findings than a verdict may have the last are left out.
 */
export function settleVerdict(given: Verdict, { files, failing, broken = [] }: VerdictGrounds): Verdict {
  const known = new Set(files);
  const findings = given.findings.map(({ file, line, severity, text }): VerdictFinding => {
    const isKnown = known.has(file);
    const words = isKnown || file.trim() === '' ? text : `${file}: ${text}`;
    return { file: isKnown ? file : '', line: isKnown ? line : 0, severity, text: shortened(words) };
  });
  const ran: VerdictFinding[] =
    failing.length === 0
      ? [...broken]
      : [
          {
            file: '',
            line: 0,
            severity: 'critical',
            text: shortened(`Checks that were run fail, so the work cannot be approved: ${failing.join(' ')}`),
          },
          ...broken,
        ];
  const isApproved = given.verdict === 'approved' && ran.length === 0 && findings.every(({ severity }) => severity === 'minor');
  if (isApproved) return { verdict: 'approved', findings };
  const all = [...ran, ...findings].slice(0, mostFindings);
  const unnamed: VerdictFinding = { file: '', line: 0, severity: 'major', text: 'The judge asks for more work and does not say for what.' };
  return { verdict: 'needs_work', findings: all.length === 0 ? [unnamed] : all };
}

function shortened(text: string): string {
  const plain = text.trim();
  return plain.length <= longestText ? plain : `${plain.slice(0, longestText - 1).toWellFormed()}…`;
}
