import { parseJson, valueAt } from '../../../../utils/parse-json.ts';
import { type AuditedManifest, type DependencyAudit, isElsewhere } from './dependency-audit.ts';

const groups = ['dependencies', 'devDependencies', 'optionalDependencies'];
/** npm runs these of a project itself whenever it is installed. */
const ownScripts = ['preinstall', 'install', 'postinstall', 'prepare'];

/** `package.json`, with what `package-lock.json` fixes. */
export const npmAudit: DependencyAudit = {
  name: 'npm',
  isManifest: (name) => name === 'package.json',
  locks: ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'],
  audit(manifest, lock): AuditedManifest | undefined {
    const parsed = parseJson(manifest);
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const named = groups.flatMap((group) => textsIn(valueAt(parsed, [group])));
    const scripts = textsIn(valueAt(parsed, ['scripts'])).filter(([name]) => ownScripts.includes(name));
    const packages = lock === undefined ? undefined : entriesIn(valueAt(parseJson(lock), ['packages']));
    return {
      dependencies: named.length,
      ...(packages === undefined ? {} : { locked: packages.length }),
      findings: [
        ...named.flatMap(([name, range]) => describeRange(name, range)),
        ...scripts.map(([name, script]) => `its own script ${name} runs whenever it is installed: ${script}`),
        ...(packages ?? []).flatMap(([path, entry]) => describeLocked(path, entry)),
      ],
    };
  },
};

function describeRange(name: string, range: string): string[] {
  const wanted = range.replace(/^npm:(?:@[^/]+\/)?[^@]*@?/, '').trim();
  if (wanted.startsWith('workspace:')) return [];
  if (isElsewhere(wanted)) return [`${name} comes from ${range}, not from a registry`];
  if (/^(?:\*|x|latest|next|)$/i.test(wanted)) return [`${name}: any version may come (${range === '' ? 'none is given' : range})`];
  return /^>=?[^<|]*$/.test(wanted) ? [`${name}: any later version may come (${range})`] : [];
}

/** @param path In `node_modules`; empty for the project itself, which is no dependency. */
function describeLocked(path: string, entry: unknown): string[] {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const resolved = valueAt(entry, ['resolved']);
  if (!path.includes('node_modules/') || valueAt(entry, ['link']) === true || typeof resolved !== 'string') return [];
  return [
    ...(resolved.startsWith('http:') ? [`${name} is fetched without encryption (${resolved})`] : []),
    ...(/^git|^file:/.test(resolved) ? [`${name} comes from ${resolved}, not from a registry`] : []),
    ...(resolved.startsWith('http') && valueAt(entry, ['integrity']) === undefined ? [`${name} is locked without a checksum`] : []),
    ...(valueAt(entry, ['hasInstallScript']) === true ? [`${name} runs a script of its own when it is installed`] : []),
  ];
}

function entriesIn(value: unknown): [string, unknown][] | undefined {
  return typeof value === 'object' && value !== null ? Object.entries(value).filter(([path]) => path !== '') : undefined;
}

function textsIn(value: unknown): [string, string][] {
  return (entriesIn(value) ?? []).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}
