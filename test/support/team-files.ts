import { variedWords } from './varied-words.ts';

export interface TeamFile {
  language: string;
  path: string;
  /** Ends with a line feed. */
  content: string;
}

/** Steps that are answered with files. */
export type FilesTaskType =
  | 'implementation'
  | 'testing'
  | 'deployment'
  | 'documentation'
  | 'bug_fix'
  | 'regression_testing'
  | 'release_notes'
  | 'infrastructure_implementation'
  | 'infrastructure_testing'
  | 'infrastructure_documentation'
  | 'documentation_creation';

/** One to three files, valid in their languages; each unit adds one function, test, key or line. Some hold fences of their own. */
export function teamFiles(taskType: FilesTaskType, subject: string, units: number): TeamFile[] {
  return FILES[taskType](subject, units);
}

const FILES: Readonly<Record<FilesTaskType, (subject: string, units: number) => TeamFile[]>> = {
  implementation: (subject, units) => [
    store(subject, units),
    { language: 'python', path: 'src/__init__.py', content: `"""The ${subject} service."""\n` },
  ],
  testing: (subject, units) => [storeTests(`tests/test_${subject}_store.py`, subject, units)],
  deployment: (subject, units) => [dockerfile(), compose('docker-compose.yml', subject, units), workflow()],
  documentation: (subject, units) => [readme('README.md', subject, units), guide('docs/guide.md', subject, 0)],
  bug_fix: (subject, units) => [store(subject, units)],
  regression_testing: (subject, units) => [storeTests(`tests/test_${subject}_regression.py`, subject, units)],
  release_notes: (subject, units) => [releaseNotes(subject, units)],
  infrastructure_implementation: (subject, units) => [compose('infrastructure/compose.yaml', subject, units), dockerfile()],
  infrastructure_testing: (subject, units) => [infrastructureTests(subject, units)],
  infrastructure_documentation: (subject, units) => [guide('docs/operations.md', subject, units)],
  documentation_creation: (subject, units) => [readme('README.md', subject, units), guide('docs/usage.md', subject, 0)],
};

function store(subject: string, units: number): TeamFile {
  const name = className(subject);
  const methods = times(
    units,
    (n) =>
      `\n    def ${variedWords(n, 2, '_')}_${n}(self, value):\n        return [item for item in self.items.values() if item != value]\n`,
  );
  return {
    language: 'python',
    path: `src/${subject}_store.py`,
    content: `class ${name}Store:
    def __init__(self):
        self.items = {}
        self.next_id = 1

    def create(self, name):
        if not name:
            raise ValueError("a ${subject} needs a name")
        self.items[self.next_id] = name
        self.next_id += 1
        return self.next_id - 1

    def remove(self, item_id):
        return self.items.pop(item_id, None)
${methods}`,
  };
}

function storeTests(path: string, subject: string, units: number): TeamFile {
  const name = className(subject);
  const more = times(
    units,
    (n) =>
      `\n\ndef test_keeps_${variedWords(n, 2, '_')}_${n}():\n    store = ${name}Store()\n    assert store.items[store.create("name ${n}")] == "name ${n}"\n`,
  );
  return {
    language: 'python',
    path,
    content: `import pytest

from src.${subject}_store import ${name}Store


def test_rejects_an_empty_name():
    with pytest.raises(ValueError):
        ${name}Store().create("")


def test_removing_twice_changes_nothing():
    store = ${name}Store()
    store.remove(store.create("one"))
    assert store.remove(1) is None
${more}`,
  };
}

function dockerfile(): TeamFile {
  const content = 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "-m", "src"]\n';
  return { language: 'dockerfile', path: 'Dockerfile', content };
}

function compose(path: string, subject: string, units: number): TeamFile {
  const settings = times(units, (n) => `      ${variedWords(n, 1).toUpperCase()}_${n}: "value ${n}"\n`);
  return {
    language: 'yaml',
    path,
    content: `services:
  ${subject}:
    build: .
    ports:
      - "8000:8000"
    environment:
      SERVICE_NAME: ${subject}
${settings}`,
  };
}

function workflow(): TeamFile {
  const content =
    'name: test\non: [push]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: pytest\n';
  return { language: 'yaml', path: '.github/workflows/test.yml', content };
}

function readme(path: string, subject: string, units: number): TeamFile {
  const lines = times(units, (n) => `- Example ${n}: create a ${subject} named ${variedWords(n, 6)}.\n`);
  return {
    language: 'markdown',
    path,
    content: `# ${className(subject)} service

## Install

\`\`\`bash
pip install -r requirements.txt
\`\`\`

## Use

\`\`\`python
from src.${subject}_store import ${className(subject)}Store

${className(subject)}Store().create("first")
\`\`\`

## Examples

- Example 0: start the service.
${lines}`,
  };
}

function guide(path: string, subject: string, units: number): TeamFile {
  const lines = times(units, (n) => `${n + 1}. Look at the ${subject} log of ${variedWords(n, 6)}.\n`);
  return { language: 'markdown', path, content: `# Operating the ${subject} service\n\n1. Start it with \`docker compose up\`.\n${lines}` };
}

function releaseNotes(subject: string, units: number): TeamFile {
  const lines = times(units, (n) => `- The ${subject} list of ${variedWords(n, 6)}.\n`);
  return {
    language: 'markdown',
    path: 'CHANGELOG.md',
    content: `# Changelog\n\n## 1.0.1\n\n- Deleting a ${subject} twice no longer fails.\n${lines}`,
  };
}

function infrastructureTests(subject: string, units: number): TeamFile {
  const more = times(
    units,
    (n) => `\n\ndef test_${variedWords(n, 2, '_')}_${n}():\n    assert len(COMPOSE.read_text().splitlines()) > ${n % 5}\n`,
  );
  return {
    language: 'python',
    path: 'tests/test_infrastructure.py',
    content: `from pathlib import Path

COMPOSE = Path("infrastructure/compose.yaml")


def test_names_the_service():
    assert "${subject}" in COMPOSE.read_text()
${more}`,
  };
}

function className(subject: string): string {
  return subject.slice(0, 1).toUpperCase() + subject.slice(1);
}

function times(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index + 1)).join('');
}
