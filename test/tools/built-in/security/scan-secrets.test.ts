import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanSecrets } from '../../../../src/tools/built-in/security/scan-secrets.ts';
import type { ToolContext } from '../../../../src/tools/tool.ts';
import { folderOf } from '../../../support/folder-of.ts';
import { callTool, hostilePaths, toolContext } from '../../tool-context.ts';
import { hostileProject } from '../hostile-project.ts';

const scan = (workspace: string, given: Record<string, unknown> = {}, changed: Partial<ToolContext> = {}) =>
  callTool(scanSecrets, given, toolContext(workspace, changed));

const token = `ghp_${'aB3dE5fG7hJ9kL1mN2pQ'.repeat(2)}`;
const random = 'q7Zx-93kLmT0vB_wR5yE';

describe('scan_secrets', () => {
  it('tells where secrets stand, and of which kind, and never what they are', async () => {
    const project = folderOf({
      'src/a.ts': `const one = 1;\nconst token = '${token}';\nconst again = "${token}";\n`,
      'src/b.py': `db_password = "${random}"\n`,
      'config.yaml': `api-key: ${random}\n`,
      '.env': `PASSWORD=${random}\n`,
      'keys/server.pem': 'anything',
      'clean.md': '# Nothing\n',
    });
    const result = await scan(project);
    expect(result.output).toBe(
      `.env: by its name, it holds keys or passwords
.env:1: a value that looks random, with the name PASSWORD
config.yaml:1: a value that looks random, with the name api-key
keys/server.pem: by its name, it holds keys or passwords
src/a.ts:2: a GitHub token
src/a.ts:3: a GitHub token
src/b.py:1: a value that looks random, with the name db_password
7 places in 6 files. Not looked at: earlier versions in Git, what Git or .multiagentignore ignores, and files that are no text.
`,
    );
    expect(result).toMatchObject({ isError: false, metadata: { hits: 7, files: 6 } });
  });

  it('looks at the project itself where a copy of it lacks what holds secrets; what the run has written counts', async () => {
    const project = folderOf({ '.env': `TOKEN=${random}\n`, 'src/a.ts': `const k = '${token}';\n`, 'same.ts': `const k = '${token}';\n` });
    const copy = folderOf({ 'same.ts': 'const k = process.env.KEY;\n', 'new.ts': `let secret = '${random}';\n` });
    const { output } = await scan(copy, {}, { project });
    expect(output).toContain('.env:1');
    expect(output).toContain('src/a.ts:1: a GitHub token');
    expect(output).toContain('new.ts:1: a value that looks random, with the name secret');
    expect(output).not.toContain('same.ts');
  });

  it.each([
    `password = "changeme-changeme-changeme"`,
    `api_key = os.environ["API_KEY_OF_THE_SHOP_1"]`,
    `token: process.env.SHOP_TOKEN_2_OF_4`,
    `secret_name = "a sentence with 12 words in it, more or less"`,
    `password_file = "${random}"`,
    `const id = '${random}';`,
    `token = 'aaaaaaaaaaaaaaaaaaaa1111'`,
    `AKIAIOSFODNN7EXAMPLE`,
  ])('takes no offence at %j', async (line) => {
    expect(await scan(folderOf({ 'a.txt': `${line}\n` }))).toMatchObject({ isError: false, metadata: { hits: 0 } });
  });

  it('looks in one folder where one is named', async () => {
    const project = folderOf({ 'a/x.ts': `const k = '${token}';\n`, 'b/x.ts': `const k = '${token}';\n` });
    expect((await scan(project, { folder: 'b' })).output).toMatch(/^b\/x\.ts:1: a GitHub token\n1 place in 1 file\./);
    expect(await scan(project, { folder: 'c' })).toMatchObject({ isError: true });
  });

  it.each([...hostilePaths, '/', '..', '.git', '.multiagent', 'link-out'])('refuses the folder %j in a sentence', async (folder) => {
    const result = await scan(hostileProject(), { folder });
    expect(result.isError).toBe(true);
    expect(result.output).not.toMatch(/the-secret|[^\P{Cc}\n]/u);
  });

  it('tells nothing of what is in files, follows no link, waits for no pipe, and leaves alone what the project keeps from the team', async () => {
    const { output } = await scan(hostileProject());
    expect(output).toMatch(/^\.env: by its name/);
    expect(output).toContain('notes.md:3: a private key');
    expect(output).not.toMatch(/the-secret|MIIE|kept|private\.txt|link|zero/);
  });

  it('shows names of files and of values on one line, without what a terminal obeys', async () => {
    const project = folderOf({ 'a.txt': `\u001B[2J password = "${random}"\n` });
    mkdirSync(join(project, 'x'));
    writeFileSync(join(project, 'x', 'b\u00A0c.txt'), token);
    symlinkSync('/etc/passwd', join(project, 'x', 'link.txt'));
    const { output } = await scan(project);
    expect(output).not.toMatch(/[^\P{Cc}\n]/u);
    expect(output).toContain('a.txt:1: a value that looks random, with the name password\n');
  });

  it('tells so many places of a file and no more, quickly', async () => {
    const many = `const k = '${token}';\n`.repeat(4000);
    const long = `${'password='.repeat(100)}\n`.repeat(200);
    const { output, metadata } = await scan(folderOf({ 'a.txt': many, 'b.txt': long, 'c.txt': 'password='.repeat(20_000) }));
    expect(metadata['hits']).toBe(20);
    expect(output.split('\n')).toHaveLength(22);
  });
});
