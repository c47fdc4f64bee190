import { type DependencyAudit, isElsewhere } from './dependency-audit.ts';
import { describePythonRequirement } from './python-requirement.ts';

/** Lists for pip: `requirements.txt`, `requirements-dev.txt`, `requirements.in`. */
export const requirementsAudit: DependencyAudit = {
  name: 'pip',
  isManifest: (name) => /^(?:[\w.-]{0,60}requirements|constraints)[\w.-]{0,60}\.(?:txt|in)$/i.test(name),
  locks: [],
  audit(manifest) {
    const lines = manifest
      .replaceAll('\\\n', ' ')
      .split('\n')
      .map((line) => withoutComment(line).trim());
    const wanted = lines.filter((line) => line !== '' && !line.startsWith('-'));
    const options = lines.filter((line) => line.startsWith('-'));
    const isHashed = wanted.length > 0 && wanted.every((line) => line.includes('--hash='));
    return {
      dependencies: wanted.length,
      ...(isHashed ? { locked: wanted.length } : {}),
      findings: [...wanted.flatMap(describePythonRequirement), ...options.flatMap(describeOption)],
    };
  },
};

function withoutComment(line: string): string {
  const at = line.search(/(?:^|\s)#/);
  return at === -1 ? line : line.slice(0, at);
}

function describeOption(line: string): string[] {
  const at = line.search(/[\s=]/);
  const [name, given] = at === -1 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).trim()];
  if (name === '-e' || name === '--editable') return isElsewhere(given) ? [`${given} is installed from there, not from a registry`] : [];
  if (name === '--extra-index-url') return [`packages may also come from ${given}: whoever has a name there first wins`];
  if (name === '-i' || name === '--index-url') return [`packages come from ${given}`];
  if (name === '-f' || name === '--find-links') return [`packages may also come from ${given}`];
  return name === '--trusted-host' ? [`the certificate of ${given} is not checked`] : [];
}
