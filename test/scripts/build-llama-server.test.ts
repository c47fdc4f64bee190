import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Environment, ScriptProject } from './script-project.ts';

const source = 'home of mine/.cache/multiagent/llama.cpp-9.9.9';
const lock = `${source}.lock`;

/** A project with node-llama-cpp, and stand-ins for git and cmake that leave behind what the real ones would. FAKE_BUILD=fails: until it is gone. */
function projectWithSource({ tools = ['git', 'cmake', 'c++'] }: { tools?: string[] } = {}): ScriptProject {
  const project = new ScriptProject();
  project.write('node_modules/node-llama-cpp/package.json', '{\n  "name": "node-llama-cpp",\n  "version": "9.9.9"\n}\n');
  project.write('node_modules/node-llama-cpp/llama/gitRelease.bundle', '');
  const programs: Record<string, string> = {
    git: '#!/bin/sh\necho "git $*" >>"$HOME/calls"\nfor last; do :; done\nmkdir -p "$last" && : >"$last/CMakeLists.txt"\n',
    cmake: `#!/bin/sh
echo "cmake $1" >>"$HOME/calls"
[ "$1" = --build ] || exit 0
echo '[ 50%] Building CXX object server.cpp.o'
[ "$FAKE_BUILD" = waits ] && while [ ! -e "$HOME/go on" ]; do sleep 0.05; done
[ "$FAKE_BUILD" = fails ] && { echo 'server.cpp:1: error: out of luck'; exit 2; }
mkdir -p "$2/bin" && printf '#!/bin/sh\\n' >"$2/bin/llama-server" && chmod +x "$2/bin/llama-server"
`,
    'c++': '#!/bin/sh\n',
  };
  for (const tool of tools) project.writeProgram(`tools/${tool}`, programs[tool] ?? '');
  symlinkSync('/bin/chmod', join(project.tools, 'chmod'));
  return project;
}

function build(project: ScriptProject, environment: Environment = {}) {
  return project.run(['--build', '--only-build'], environment);
}

describe('compiling llama-server', () => {
  test('prints the path of the program, and nothing else, on standard output', async () => {
    const project = projectWithSource();
    const { code, stdout, stderr } = await build(project);
    expect([code, stdout]).toEqual([0, `${join(project.folder, source)}/build/bin/llama-server\n`]);
    expect(stderr).toContain('this takes minutes');
    expect(project.read(`${source}.log`)).toContain('[ 50%] Building');
    expect([project.has(lock), project.has(`${source}/build.unfinished`)]).toEqual([false, false]);
  });

  test('is done once', async () => {
    const project = projectWithSource();
    const first = await build(project);
    rmSync(join(project.tools, 'cmake'));
    expect(await build(project)).toEqual({ code: 0, stdout: first.stdout, stderr: '' });
  });

  test('that failed shows the end of its log, and goes on from what there is', async () => {
    const project = projectWithSource();
    const failed = await build(project, { FAKE_BUILD: 'fails' });
    expect([failed.code, failed.stdout]).toEqual([1, '']);
    expect(failed.stderr).toMatch(/could not be compiled[^]*out of luck[^]*same command again/);
    expect((await build(project)).code).toBe(0);
    expect(project.read('home of mine/calls').match(/^git/gm)).toHaveLength(1);
  });

  test('that is interrupted leaves no lock and is taken up again', async () => {
    const project = projectWithSource();
    const script = project.start(['--only-build'], { FAKE_BUILD: 'waits' });
    await script.says('Compiling (0 s)');
    const second = await build(project);
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining('Another build is under way')]);
    script.process.kill('SIGINT');
    expect((await script.result).code).toBe(130);
    expect(project.has(lock)).toBe(false);
    expect((await build(project)).code).toBe(0);
  });

  test('begins the copy of the source again where it was interrupted in it, and takes a lock that nobody holds', async () => {
    const project = projectWithSource();
    project.write(`${source}.partial/half`, '');
    symlinkSync('999999999', join(project.folder, lock));
    expect((await build(project)).code).toBe(0);
    expect(project.has(`${source}/half`)).toBe(false);
  });

  test.each([
    { tools: [], missing: 'git, cmake, c++' },
    { tools: ['git', 'c++'], missing: 'cmake' },
  ])('says how to get $missing', async ({ tools, missing }) => {
    const { code, stderr } = await build(projectWithSource({ tools }));
    expect(code).toBe(1);
    expect(stderr).toContain(`needs ${missing},`);
    for (const system of ['apt-get install', 'dnf install', 'brew install']) expect(stderr).toContain(system);
  });

  test('needs node-llama-cpp, and says so', async () => {
    const { code, stderr } = await build(new ScriptProject());
    expect([code, stderr]).toEqual([1, expect.stringContaining('npm install node-llama-cpp')]);
  });
});
