import { z } from 'zod';
import { readTextBelow } from '../../../project/below/read-text-below.ts';
import { shownPath } from '../../../project/map/shown-path.ts';
import { printableLine, shorten } from '../../../utils/printable.ts';
import { redactSecrets } from '../../../utils/redact-secrets.ts';
import { cutText } from '../../output/cut-output.ts';
import type { Tool, ToolContext } from '../../tool.ts';
import { filesBelow } from '../files-below.ts';
import type { DependencyAudit } from './audits/dependency-audit.ts';
import { dependencyAudits } from './audits/dependency-audits.ts';

const most = { manifests: 50, findings: 100, bytes: 20_000_000 };
const longestLine = 300;
/** What it cannot say is said. */
const note =
  'Only these files were read. Known weaknesses of packages were not looked up: that needs the network, which tools do not have here.\n';

/** What the files of a project say about what it depends on: what no version fixes, what comes from elsewhere than a registry, and what runs at an installation. */
export const auditDependencies: Tool = {
  name: 'audit_dependencies',
  description:
    'Looks at what the project depends on: which versions are left open, what comes from no registry, what runs when it is installed.',
  example: 'audit_dependencies()',
  parameters: z.object({}),
  risk: () => 'read',
  async execute(_, context) {
    const kindOf = (path: string) => dependencyAudits.find((audit) => audit.isManifest(nameOf(path)));
    const paths = await filesBelow(context.workspace, (path) => kindOf(path) !== undefined, context.signal);
    const reports = paths.slice(0, most.manifests).map((path) => report(path, kindOf(path)!, context));
    const more = paths.length > most.manifests ? `${paths.length - most.manifests} more such files were not read.\n` : '';
    const found = paths.length === 0 ? 'The project has no file that names dependencies, such as package.json or requirements.txt.\n' : '';
    const shown = String(redactSecrets(`${reports.map(({ text }) => text).join('')}${found}${more}`, { secrets: context.secrets }));
    const { text, cut } = cutText(`${shown}${note}`, context.output);
    const metadata = { files: paths.length, findings: reports.reduce((sum, { findings }) => sum + findings, 0) };
    return { output: text, isError: false, metadata, ...(cut === undefined ? {} : { cut }) };
  },
};

function report(path: string, audit: DependencyAudit, context: ToolContext): { text: string; findings: number } {
  const manifest = read(path, context);
  const lock = lockOf(path, audit, context);
  const audited = manifest === undefined ? undefined : audit.audit(manifest, lock?.text);
  const head = `${shownPath(path)} (${audit.name})`;
  if (audited === undefined) return { text: `${head}: it cannot be read\n`, findings: 0 };
  const { dependencies, locked } = audited;
  const isOpen = lock === undefined && locked === undefined && dependencies > 0;
  const findings = [...(isOpen ? ['no file fixes the versions of what is installed'] : []), ...audited.findings];
  const fixed = lock === undefined ? '' : `, fixed by ${shownPath(lock.path)}${locked === undefined ? '' : ` (${locked})`}`;
  const lines = findings.slice(0, most.findings).map((finding) => `  ${shorten(printableLine(finding), longestLine)}`);
  const rest = findings.length > most.findings ? [`  and ${findings.length - most.findings} more`] : [];
  const count = `${dependencies} ${dependencies === 1 ? 'dependency' : 'dependencies'}`;
  return { text: [`${head}: ${count}${fixed}`, ...lines, ...rest].map((line) => `${line}\n`).join(''), findings: findings.length };
}

/** Beside the file, or in the nearest folder above it. */
function lockOf(path: string, { locks }: DependencyAudit, context: ToolContext): { path: string; text: string } | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    for (const name of locks) {
      const lock = folder === '' ? name : `${folder}/${name}`;
      const text = read(lock, context);
      if (text !== undefined) return { path: lock, text };
    }
    if (folder === '') return undefined;
  }
}

/** Files that fix versions may be missing in a copy of the project. */
function read(path: string, { workspace, project }: ToolContext): string | undefined {
  for (const root of new Set([workspace, project])) {
    const found = readTextBelow(root, path, most.bytes);
    if (found.kind === 'text') return found.text;
  }
  return undefined;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
