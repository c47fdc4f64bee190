import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedNames } from '../../src/workflows/shipped-workflows.ts';
import { hasTmux, openTerminal } from '../cli/wizard/terminal.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { copyRepository, repository, temporaryFolder } from './copy-repository.ts';
import { folderSize } from './folder-size.ts';
import { mustRun, runCommand } from './run-command.ts';

let folder: string;
/** The project of someone who has installed the package. */
let project: string;
/** Paths in the packed file. */
let packed: string[];

beforeAll(async () => {
  folder = await temporaryFolder();
  const copy = join(folder, 'repository');
  await copyRepository(copy);
  const [pack] = JSON.parse(await mustRun('npm', ['pack', '--json', '--pack-destination', folder], copy)) as [Pack];
  packed = pack.files.map(({ path }) => path);
  // What the command needs must be in the package: nothing may be found in the copy.
  await rm(copy, { recursive: true });

  project = join(folder, 'project');
  await mkdir(project);
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'project', private: true, type: 'module' }));
  await mustRun('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', join(folder, pack.filename)], project);
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const packageName = '@multiagent-team/multiagent';

interface Pack {
  filename: string;
  files: { path: string }[];
}

const allowed = [
  /^dist\/.*\.(js|d\.ts|md|yaml|schema\.json)$/,
  /^dist\/definitions\.json$/,
  /^models\/((tiny-team|quantised-noise)\.gguf|README\.md)$/,
  /^examples\//,
  /^docs\/[\w./-]+\.(md|svg|png)$/,
  /^scripts\/(start|build)-llama-server\.sh$/,
  /^man\/multiagent\.1$/,
  /^(llms\.txt|package\.json|README\.md|LICENSE|CHANGELOG\.md|CONTRIBUTING\.md|config\.yaml|\.env\.example)$/,
];

/** Told to Node before it starts a program: writes down each file of code that is loaded. */
const tellsFiles = `
import { registerHooks } from 'node:module';
registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) process.stderr.write('loaded ' + url + '\\n');
    return next(url, context);
  },
});
`;

const npx = (...commandArguments: string[]) => runCommand('npx', ['--no-install', 'multiagent', ...commandArguments], project);

/** What the repository holds of these kinds, relative to its folder. */
async function filesOf(under: string, ending: RegExp): Promise<string[]> {
  const names = await readdir(join(repository, under), { recursive: true });
  return names.filter((name) => ending.test(name)).map((name) => `${under}/${name.replaceAll('\\', '/')}`);
}

describe('the packed file', () => {
  it('holds the program, the model with its card, the documentation and the examples, and nothing else: no tests, no sources, no training scripts', () => {
    expect(packed.filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([]);
    // One of the roles is called so.
    const others = packed.filter((path) => path !== 'dist/agents/roles/test/role.md');
    expect(others.filter((path) => /(^|\/)(test|src|training|node_modules)\//.test(path))).toEqual([]);
  });

  it('holds everything that is read at run time and everything that the README points to', async () => {
    const assets = (await filesOf('src', /\.(md|yaml|schema\.json)$/)).map((path) => path.replace(/^src/, 'dist'));
    const examples = await filesOf('examples', /\.(md|ts|yaml)$/);
    expect(assets.length).toBeGreaterThan(20);
    expect(examples).toContain('examples/bookmarks.md');
    const others = [
      'models/tiny-team.gguf',
      'models/README.md',
      'man/multiagent.1',
      'llms.txt',
      'config.yaml',
      '.env.example',
      'dist/index.js',
      'dist/index.d.ts',
      'LICENSE',
    ];
    const readme = await readFile(join(repository, 'README.md'), 'utf8');
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link ?? '');
    expect(links.length).toBeGreaterThan(15);
    expect(links.filter((link) => !packed.some((path) => path === link || path.startsWith(`${link}/`)))).toEqual([]);
    expect(packed).toEqual(expect.arrayContaining([...assets, ...examples, ...others]));
  });
});

describe('the installed package', () => {
  it('is small, and pulls neither the embedded engine nor a build for a GPU', async () => {
    const { packages } = JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8')) as { packages: Record<string, unknown> };
    const names = Object.keys(packages).filter((name) => name !== '');
    const megabytes = (await folderSize(join(project, 'node_modules'))) / 1e6;
    console.log(`Installed: ${names.length} packages, ${megabytes.toFixed(1)} MB`);
    expect(names.filter((name) => /llama|cuda|vulkan/.test(name))).toEqual([]);
    expect(names.length).toBeLessThan(120);
    expect(megabytes).toBeLessThan(80);
  });

  it("names Anthropic's package to whoever asks Anthropic, who alone needs it", async () => {
    const asks = { LLM_PROVIDER: 'anthropic', LLM_URL: 'http://127.0.0.1:9', LLM_KEY: 'sk-ant-api-key', LLM_MODEL: 'some' };
    const { code, stderr } = await runCommand('npx', ['--no-install', 'multiagent', 'run', 'quick-answer', 'So?'], project, asks);
    expect(stderr).toContain('The provider anthropic (Anthropic) needs the package @anthropic-ai/sdk, which is not installed.');
    expect(stderr).toContain('npm install @anthropic-ai/sdk');
    expect(code).toBe(3);
  });

  it('answers --version and lists its workflows', async () => {
    const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as { version: string };
    expect(await npx('--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
    const { code, stdout } = await npx('workflows', 'list');
    expect(code).toBe(0);
    expect(stdout.match(/^[a-z-]+/gm)).toEqual(shippedNames.map((name) => name.replaceAll('_', '-')));
  });

  it.each([
    [['--version'], 3],
    [['--help'], 17],
    [['run', '--help'], 17],
    [['workflows', 'list'], 27],
    [['runs'], 29],
  ])('%j reads few files, and of other packages none', async (words, most) => {
    const program = join(project, 'node_modules', packageName, 'dist/cli/multiagent.js');
    const { code, stderr } = await runCommand(
      execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(tellsFiles)}`, program, ...words],
      project,
    );
    expect(code).toBe(0);
    const files = [...stderr.matchAll(/^loaded (\S+)$/gm)].map(([, file]) => file ?? '');
    const own = files.filter((file) => file.includes(`/${packageName}/dist/`));
    expect(files.filter((file) => !own.includes(file))).toEqual([]);
    expect(own.length).toBeGreaterThan(0);
    expect(own.length, own.join('\n')).toBeLessThanOrEqual(most);
  });

  it('runs a workflow on a model server and writes its files', async () => {
    await using server = await startFakeLlamaServer({ reply: replyAsTeam() });
    const command = ['run', 'bug-fix', '--requirement', 'Saving twice loses the first todo.', '--base-url', server.address];
    const { code, stdout, stderr } = await npx(...command);
    expect({ code, errors: stderr.match(/^Error.*/gm) }).toEqual({ code: 0, errors: null });
    expect(stdout).toMatch(/^Completed in .*: 4 of 4 tasks/m);
    expect(server.requests).toHaveLength(4);
    expect(await readdir(join(project, 'output/generated/latest'))).toContain('01-bug_analysis.md');
  });

  it('says which command installs the embedded engine, as it is to be typed in the project and outside of it', async () => {
    const { code, stderr } = await npx('run', 'analysis', '--requirement', 'A todo list.', '--engine', 'embedded');
    expect(code).toBe(3);
    expect(stderr).toContain('which is not installed.\n');
    expect(stderr).toContain('  Install it: npx multiagent engine install. It tells you the size');
    const command = join(project, 'node_modules/.bin/multiagent');
    expect((await runCommand(command, ['show', 'latest'], folder)).stderr).toMatch(/"node \S+\/dist\/cli\/multiagent\.js run feature/);
  });

  it('says how large the embedded engine is, and downloads nothing before it is told to', async () => {
    const { code, stdout, stderr } = await npx('engine', 'install');
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringMatching(/^size .* MB to download/m) });
    expect(stderr).toContain('--yes');
  });

  it.skipIf(!hasTmux)(
    'asks a person who wants the demo whether to download the embedded engine, and downloads nothing on a no',
    async () => {
      const program = join(project, 'node_modules', packageName, 'dist/cli/multiagent.js');
      const terminal = openTerminal({ columns: 100, directory: project, program, args: ['demo'] });
      await terminal.shows('The embedded engine is not installed yet.', 'MB to download', '? Download it? (y/N)');
      terminal.press('n', 'Enter');
      const screen = await terminal.shows('exit code 0');
      expect(screen).toContain('Nothing was downloaded.');
      expect(screen).not.toContain('Error');
    },
  );

  it('gives a program typed imports that compile strictly, declarations included, and work', async () => {
    const types = {
      strict: true,
      skipLibCheck: false,
      exactOptionalPropertyTypes: true,
      module: 'NodeNext',
      target: 'ES2024',
      noEmit: true,
    };
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...types, types: [] }, files: ['index.ts'] }));
    await writeFile(
      join(project, 'index.ts'),
      `import { AgentOrchestrator, MultiagentError, WorkflowEngine, type WorkflowResult } from '@multiagent-team/multiagent';
const engine = new WorkflowEngine(new AgentOrchestrator({ config: { max_concurrent_agents: 'auto' } }));
export const types: string[] = engine.listWorkflowTypes();
export const code = (error: MultiagentError): string => error.code;
export const status = async (): Promise<WorkflowResult['status']> => (await engine.executeWorkflow('analysis', 'A todo list.')).status;
// @ts-expect-error This is no engine, and a package without types would let it pass.
export const wrong = () => new AgentOrchestrator({ config: { engine: 'steam' } });
`,
    );
    const compiler = join(repository, 'node_modules/typescript/bin/tsc');
    expect(await runCommand(execPath, [compiler, '-p', '.'], project)).toMatchObject({ code: 0, stdout: '' });
    expect(await runCommand(execPath, ['-e', "import('./index.ts').then(({ types }) => console.log(types[0]))"], project)).toMatchObject({
      code: 0,
      stdout: 'feature_development\n',
    });
  });

  it('runs the demo once node-llama-cpp stands beside it', async () => {
    const withEngine = join(project, 'with-engine');
    await mkdir(join(withEngine, 'node_modules'), { recursive: true });
    await cp(join(project, 'node_modules', packageName), join(withEngine, 'node_modules', packageName), { recursive: true });
    await symlink(join(repository, 'node_modules/node-llama-cpp'), join(withEngine, 'node_modules/node-llama-cpp'), 'junction');
    const { code, stdout } = await runCommand(execPath, [`node_modules/${packageName}/dist/cli/multiagent.js`, 'demo'], withEngine);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Completed in .*: 6 of 6 tasks/m);
    expect(await readdir(join(withEngine, 'output/generated/latest'))).toContain('README.md');
  });
});
