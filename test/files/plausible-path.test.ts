import { describe, expect, test } from 'vitest';
import { isPlausiblePath } from '../../src/files/plausible-path.ts';

describe('paths', () => {
  test.each(
    [
      ['app.py', 'src/app.py', './src/app.py', 'src\\app.py', 'app/[id]/page.tsx', 'app/(auth)/login/page.tsx', 'routes/$id.tsx'],
      ['.github/workflows/ci.yml', '.gitignore', '.env', '.env.example', '.eslintrc.json', '.husky/pre-commit', '.clang-format'],
      ['Dockerfile', 'Dockerfile.dev', 'docker/Dockerfile', 'Makefile', 'LICENSE', 'go.mod', 'Jenkinsfile', 'requirements.txt'],
      ['@scope/x.ts', 'src/index.d.ts', 'package-lock.json', 'docker-compose.yml', '__init__.py', 'src/__init__.py', 'tests/test_app.py'],
      ['docs/überblick.md', '说明.md', 'docs/日本語.md', 'docs/User Guide.md', 'bin/serve', 'scripts/deploy', 'src/main.unknownext'],
      ['a/b/c/d/e/f.rs', 'v1.2.md', 'k8s/deployment.yaml', '+page.svelte', 'src/C.java', 'migrations/001_init.sql', 'src/py.typed'],
      // Shaped like paths; the run's folder refuses them aloud.
      ['../../x', '../x.py', '/etc/passwd', '~/.ssh/authorized_keys', 'C:\\Users\\x.py', '\\\\server\\share\\x.py', 'nul.txt', 'a.py.'],
      ['src/\u202Eyp.exe.py', 'src/a\u0000.py'],
    ].flat(),
  )('%j', (name) => {
    expect(isPlausiblePath(name)).toBe(true);
  });
});

describe('not paths', () => {
  test.each(
    [
      ['', ' ', '.', '..', '/', 'src/', '...', 'src/.../app.py', '-rf.py', '--config.json'],
      ['python', 'markdown', 'php', 'c++', 'jsonc', 'dockerfile', 'makefile', 'objective-c', 'Python', 'docker-compose'],
      [
        '# name',
        'The main file',
        'Create the app.py',
        'see src/app.py',
        'python app.py',
        'npm run build',
        'node server.js',
        './run.sh config.yaml x',
      ],
      ['这是一个文件', '请创建src/app.py文件', '这是主文件，app.py', 'Update src/app.py, then b.py'],
      [
        'http://localhost:8000/docs',
        'https://example.com/app.py',
        'www.example.com',
        'example.com',
        'github.com/owner/repo',
        'mail@example.org',
      ],
      ['Authorization: Bearer x', 'Content-Type: application/json', 'Accept: text/html', 'FOO=bar.txt', 'a.py=b.py'],
      ['localhost:8000', '127.0.0.1', '127.0.0.1:8080', '0.0.0.0', 'redis:7', 'node:20.js'],
      ['1.2.3', 'v1.2.3', '3.12', 'python3.12', '1.0/2.0', 'Node.js', 'Vue.js', 'Node.js/Express.js', 'process.env', 'e.g.', '.NET'],
      ['application/json', 'text/plain', 'image/svg+xml', 'GET/POST', 'CI/CD', 'and/or', 'feature/login', '/api/users', '/users/{id}'],
      [
        'main()',
        'foo().py',
        'array.map',
        'os.path',
        'src/<name>.py',
        'src/*.py',
        '{{name}}.py',
        '"app.py"',
        '`app.py`',
        'x'.repeat(5000) + '.py',
      ],
    ].flat(),
  )('%j', (name) => {
    expect(isPlausiblePath(name)).toBe(false);
  });
});
