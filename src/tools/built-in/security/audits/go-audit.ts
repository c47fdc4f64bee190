import type { DependencyAudit } from './dependency-audit.ts';

/** `go.mod`, which fixes versions itself; `go.sum` has their checksums. */
export const goAudit: DependencyAudit = {
  name: 'Go',
  isManifest: (name) => name === 'go.mod',
  locks: ['go.sum'],
  audit(manifest, lock) {
    const lines = linesOf(manifest);
    const required = lines.filter(({ block }) => block === 'require');
    const replaced = lines.filter(({ block }) => block === 'replace');
    return {
      dependencies: required.length,
      ...(lock === undefined ? {} : { locked: required.length }),
      findings: [
        ...required.flatMap(({ text }) => (/-\d{14}-[\da-f]{12}\b/.test(text) ? [`${text} is no released version`] : [])),
        ...replaced.map(({ text }) => `another module stands in: ${text}`),
      ],
    };
  },
};

/** The lines within `require ( … )` and the like, and those that stand alone. */
function linesOf(manifest: string): { block: string; text: string }[] {
  let block = '';
  return manifest.split('\n').flatMap((line) => {
    const [words = ''] = line.split('//', 1);
    const text = words.trim();
    if (text === ')') block = '';
    else if (text.endsWith('(')) block = text.slice(0, -1).trim();
    else if (block !== '' && text !== '') return [{ block, text }];
    else if (/^(?:require|replace)\s/.test(text)) return [{ block: text.split(/\s/, 1)[0] ?? '', text: text.replace(/^\w+\s+/, '') }];
    return [];
  });
}
