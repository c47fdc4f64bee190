import { describe, expect, it } from 'vitest';
import { auditDependencies } from '../../../../src/tools/built-in/security/audit-dependencies.ts';
import type { ToolContext } from '../../../../src/tools/tool.ts';
import { folderOf } from '../../../support/folder-of.ts';
import { callTool, toolContext } from '../../tool-context.ts';
import { hostileProject } from '../hostile-project.ts';

const audit = (workspace: string, changed: Partial<ToolContext> = {}) => callTool(auditDependencies, {}, toolContext(workspace, changed));
const json = (value: unknown) => JSON.stringify(value);

describe('audit_dependencies', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'npm',
      {
        'package.json': json({
          scripts: { postinstall: 'node steal.js', test: 'vitest' },
          dependencies: { a: '1.2.3', b: '^1.0.0', c: '*', d: '>=2', e: 'git+https://me:token@example.com/e.git', f: 'owner/repo', g: '' },
          devDependencies: { h: 'workspace:*', i: '>=1 <2' },
        }),
        'package-lock.json': json({
          packages: {
            '': {},
            'node_modules/a': { resolved: 'https://registry.example/a.tgz', integrity: 'sha512-x', hasInstallScript: true },
            'node_modules/x/node_modules/b': { resolved: 'http://registry.example/b.tgz' },
            'packages/own': { version: '1.0.0' },
          },
        }),
      },
      `package.json (npm): 9 dependencies, fixed by package-lock.json (3)
  c: any version may come (*)
  d: any later version may come (>=2)
  e comes from git+https://[redacted]@example.com/e.git, not from a registry
  f comes from owner/repo, not from a registry
  g: any version may come (none is given)
  its own script postinstall runs whenever it is installed: node steal.js
  a runs a script of its own when it is installed
  b is fetched without encryption (http://registry.example/b.tgz)
  b is locked without a checksum
`,
    ],
    [
      'a package of a workspace',
      { 'package.json': json({}), 'yarn.lock': '# yarn', 'packages/a/package.json': json({ dependencies: { a: '1' } }) },
      `package.json (npm): 0 dependencies, fixed by yarn.lock
packages/a/package.json (npm): 1 dependency, fixed by yarn.lock
`,
    ],
    [
      'pip',
      {
        'requirements.txt': `# what we need
flask==3.0.0 ; python_version > "3.8"
requests >= 2   # newest
click
numpy<2,>=1
own @ git+https://example.com/own.git
https://example.com/x.whl
-r other.txt
--extra-index-url https://packages.example
--trusted-host packages.example
-e git+https://example.com/y.git#egg=y
`,
      },
      `requirements.txt (pip): 6 dependencies
  no file fixes the versions of what is installed
  requests: any later version may come (>= 2)
  click: any version may come (none is given)
  own comes from git+https://example.com/own.git, not from a registry
  https://example.com/x.whl is installed from there, not from a registry
  packages may also come from https://packages.example: whoever has a name there first wins
  the certificate of packages.example is not checked
  git+https://example.com/y.git#egg=y is installed from there, not from a registry
`,
    ],
    ['hashes for pip', { 'requirements.txt': 'flask==3.0.0 \\\n    --hash=sha256:abc\n' }, 'requirements.txt (pip): 1 dependency\n'],
    [
      'Python',
      {
        'pyproject.toml': `[project]\ndependencies = ["flask~=3.0", "click"]\n[dependency-groups]\ntest = ["pytest>=8"]\n[tool.poetry.dependencies]\npython = "*"\nx = { git = "https://example.com/x.git" }\ny = "*"\n`,
        'uv.lock': '[[package]]\nname = "flask"\n[[package]]\nname = "click"\n',
      },
      `pyproject.toml (Python): 5 dependencies, fixed by uv.lock (2)
  click: any version may come (none is given)
  pytest: any later version may come (>=8)
  x comes from https://example.com/x.git, not from a registry
  y: any version may come (*)
`,
    ],
    [
      'Cargo',
      { 'Cargo.toml': '[dependencies]\nserde = "1"\nrand = "*"\nown = { git = "https://example.com/own" }\nbig = { version = ">=1" }\n' },
      `Cargo.toml (Cargo): 4 dependencies
  no file fixes the versions of what is installed
  rand: any version may come (*)
  own comes from https://example.com/own, not from a registry
  big: any later version may come (>=1)
`,
    ],
    [
      'Go',
      {
        'go.mod':
          'module x\n\ngo 1.22\n\nrequire (\n\ta.com/b v1.0.0\n\ta.com/c v0.0.0-20240101000000-0123456789ab // indirect\n)\nrequire a.com/d v1.1.0\nreplace a.com/b => ../b\n',
        'go.sum': 'a',
      },
      `go.mod (Go): 3 dependencies, fixed by go.sum (3)
  a.com/c v0.0.0-20240101000000-0123456789ab is no released version
  another module stands in: a.com/b => ../b
`,
    ],
  ])('looks at files of %s', async (_, files, expected) => {
    const { output, isError } = await audit(folderOf(files));
    expect(output).toBe(
      `${expected}Only these files were read. Known weaknesses of packages were not looked up: that needs the network, which tools do not have here.\n`,
    );
    expect(isError).toBe(false);
  });

  it('finds a file that fixes versions in the project where the copy of it lacks it', async () => {
    const manifest = { 'package.json': json({ dependencies: { a: '1' } }) };
    const project = folderOf({ ...manifest, 'yarn.lock': '' });
    expect((await audit(folderOf(manifest), { project })).output).toContain('fixed by yarn.lock');
  });

  it('says that there is nothing, and passes over what was fetched, kept from the team or linked', async () => {
    const project = folderOf({
      '.multiagentignore': 'kept/\n',
      'kept/package.json': '{}',
      'node_modules/a/package.json': '{}',
      '.git/package.json': '{}',
    });
    expect((await audit(project)).output).toMatch(/^The project has no file that names dependencies/);
    expect((await audit(hostileProject())).output).not.toContain('the-secret');
  });

  it.each<[string, string]>([
    ['package.json', '{'],
    ['package.json', '[]'],
    ['package.json', json({ dependencies: { a: { b: 1 } }, scripts: 'x' })],
    ['package.json', `{"dependencies":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`],
    ['pyproject.toml', 'project = 1'],
    ['pyproject.toml', '[project]\ndependencies = [1, {}]'],
    ['Cargo.toml', '[dependencies]\nx = [1]'],
    ['Cargo.toml', '= ='],
    ['go.mod', 'require ((((\n)\n)'],
    ['requirements.txt', `${'@'.repeat(20_000)}\n${'a '.repeat(20_000)}\n${'='.repeat(20_000)}\n`],
    ['requirements.txt', '\u001B[2J\u202E evil\n'],
  ])('is no more than text of limited lines for the %s of case %$', async (name, content) => {
    const { output, isError } = await audit(folderOf({ [name]: content }));
    expect(isError).toBe(false);
    expect(output).not.toMatch(/[^\P{Cc}\n]|\u202E/u);
    for (const line of output.split('\n')) expect(line.length).toBeLessThan(310);
  });
});
