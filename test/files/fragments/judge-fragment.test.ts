import { array, assert, asyncProperty, constantFrom } from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { judgeFragment } from '../../../src/files/fragments/judge-fragment.ts';

const files = {
  'queue.py':
    'import json\n\n\nclass Queue:\n    """First in, first out."""\n\n    def __init__(self):\n        self.jobs = []\n\n    @property\n    def size(self):\n        return len(self.jobs)\n\n    def push(self, job):\n        self.jobs.append(job)\n\n\ndef main():\n    print(Queue().size)\n\n\nif __name__ == "__main__":\n    main()\n',
  'queue.js':
    "import fs from 'fs';\n\nexport class Queue {\n  constructor() {\n    this.jobs = [];\n  }\n\n  /** Takes one more. */\n  push(job) {\n    this.jobs.push(job);\n  }\n}\n\nexport function main() {\n  return new Queue();\n}\n",
  'queue.ts':
    'export class Queue<Job> {\n  private jobs: Job[] = [];\n\n  public push(job: Job): void {\n    this.jobs.push(job);\n  }\n\n  get size(): number {\n    return this.jobs.length;\n  }\n}\n\nexport const twice = (n: number): number => n * 2;\n',
  'queue.go':
    'package queue\n\nimport (\n\t"fmt"\n)\n\ntype Queue struct {\n\tjobs []int\n}\n\nfunc (q *Queue) Push(job int) {\n\tq.jobs = append(q.jobs, job)\n}\n\nfunc Show() {\n\tfmt.Println(1)\n}\n',
  'queue.rs':
    'pub struct Queue {\n    jobs: Vec<i32>,\n}\n\nimpl Queue {\n    /// Empty.\n    pub fn new() -> Self {\n        Queue { jobs: vec![] }\n    }\n\n    pub fn push(&mut self, job: i32) {\n        self.jobs.push(job);\n    }\n}\n',
  'Queue.java':
    'package jobs;\n\npublic class Queue {\n    private int count = 0;\n\n    public int push(int job) {\n        return job;\n    }\n\n    public int push(int job, int times) {\n        return job * times;\n    }\n\n    @Override\n    public String toString() {\n        return "";\n    }\n}\n',
};
type Path = keyof typeof files;

const judge = (path: Path, text: string, certainty: 'named' | 'unnamed' = 'unnamed') =>
  judgeFragment({ path, standing: files[path], text, certainty, elsewhere: () => new Set() });

describe('a piece is put where it belongs', () => {
  const cases: [string, Path, piece: string, old: string, fresh: string][] = [
    [
      'a method at the margin',
      'queue.py',
      'def push(self, job):\n    self.jobs.insert(0, job)\n',
      'self.jobs.append(job)',
      'self.jobs.insert(0, job)',
    ],
    ['a method that keeps its decorator', 'queue.py', 'def size(self):\n    return 1\n', 'return len(self.jobs)', 'return 1'],
    [
      'a method whose first line alone lost its place',
      'queue.py',
      'def push(self, job):\n        self.jobs += [job]\n',
      'self.jobs.append(job)',
      'self.jobs += [job]',
    ],
    [
      'a function with the last lines',
      'queue.py',
      'def main():\n    print(1)\n\n\nif __name__ == "__main__":\n    main()\n',
      'print(Queue().size)',
      'print(1)',
    ],
    [
      'stubs of the others',
      'queue.py',
      'class Queue:\n    def __init__(self):\n        ...\n\n    def push(self, job):\n        self.jobs += [job]\n',
      'self.jobs.append(job)',
      'self.jobs += [job]',
    ],
    [
      'a method of JavaScript',
      'queue.js',
      '// Updated\npush(job) {\n  this.jobs.unshift(job);\n}\n',
      'this.jobs.push(job)',
      'this.jobs.unshift(job)',
    ],
    ['an exported function', 'queue.js', 'function main() {\n  return 1;\n}\n', 'return new Queue()', 'return 1'],
    [
      'a method of TypeScript',
      'queue.ts',
      'push(job: Job): void {\n  this.jobs.unshift(job);\n}\n',
      'this.jobs.push(job)',
      'this.jobs.unshift(job)',
    ],
    ['a getter', 'queue.ts', 'get size(): number {\n  return 1;\n}\n', 'return this.jobs.length', 'return 1'],
    ['an arrow function', 'queue.ts', 'const twice = (n: number): number => n + n;\n', 'n * 2', 'n + n'],
    ['a method of Go', 'queue.go', 'func (q *Queue) Push(job int) {\n\tq.jobs = nil\n}\n', 'append(q.jobs, job)', 'nil'],
    [
      'a method of Rust',
      'queue.rs',
      'fn push(&mut self, job: i32) {\n    self.jobs.insert(0, job);\n}\n',
      'self.jobs.push(job)',
      'self.jobs.insert(0, job)',
    ],
    [
      'a part of an impl',
      'queue.rs',
      'impl Queue {\n    pub fn new() -> Self {\n        Queue { jobs: Vec::new() }\n    }\n}\n',
      'vec![]',
      'Vec::new()',
    ],
    [
      'one of two methods of a name',
      'Queue.java',
      'public int push(int job, int times) {\n    return 0;\n}\n',
      'return job * times',
      'return 0',
    ],
    ['a method without its annotation', 'Queue.java', 'public String toString() {\n    return "x";\n}\n', 'return "";', 'return "x";'],
  ];
  test.each(cases)('%s', async (_name, path, piece, old, fresh) => {
    const judged = await judge(path, piece);
    const expected = files[path].replace(old, fresh);
    expect(judged.kind === 'placed' ? judged.content : judged).toBe(expected);
  });

  it('a new method goes after the one that came before it', async () => {
    const judged = await judge(
      'queue.py',
      'def push(self, job):\n    self.jobs.append(job)\n\ndef pop(self):\n    return self.jobs.pop(0)\n',
    );
    expect(judged).toEqual({
      kind: 'placed',
      content: files['queue.py'].replace(
        'self.jobs.append(job)\n',
        'self.jobs.append(job)\n\n    def pop(self):\n        return self.jobs.pop(0)\n',
      ),
    });
  });

  it('an import that the piece needs goes to the others', async () => {
    const judged = await judge('queue.py', 'import os\n\ndef main():\n    print(os.name)\n', 'named');
    const expected = files['queue.py']
      .replace('import json\n', 'import json\nimport os\n')
      .replace('print(Queue().size)', 'print(os.name)');
    expect(judged).toEqual({ kind: 'placed', content: expected });
  });

  it('the lines of a text in several lines stay where they are', async () => {
    const standing = 'class Page {\n  text() {\n    return 1;\n  }\n\n  more() {\n    return 2;\n  }\n}\n';
    const text = 'text() {\n  return `\nleft\n  two`;\n}\n';
    const judged = await judgeFragment({ path: 'page.js', standing, text, certainty: 'unnamed', elsewhere: () => new Set() });
    expect(judged).toEqual({ kind: 'placed', content: standing.replace('    return 1;\n', '    return `\nleft\n  two`;\n') });
  });
});

describe('a piece with any doubt is not placed', () => {
  test.each<[string, Path, string]>([
    ['a function that leaves a part of itself out', 'queue.py', 'def push(self, job):\n    # ... existing code ...\n    self.count += 1\n'],
    ['a helper beside a method', 'queue.py', 'def push(self, job):\n    note(job)\n\ndef note(job):\n    print(job)\n\nnote(1)\n'],
    ['another base class', 'queue.py', 'class Queue(list):\n    def push(self, job):\n        self.append(job)\n'],
    ['statements', 'queue.py', 'queue = Queue()\nqueue.push(1)\n'],
    ['half a function', 'queue.js', '  push(job) {\n    if (job) {\n'],
    ['another import of the same module', 'queue.js', "import { open } from 'fs';\n\nfunction main() {\n  return open;\n}\n"],
    ['imports in a block', 'queue.go', 'import "os"\n\nfunc Show() {\n\tos.Exit(1)\n}\n'],
  ])('%s', async (_name, path, text) => {
    const judged = await judge(path, text, 'named');
    expect(judged.kind).toBe('unplaced');
  });
});

describe('what is no piece', () => {
  test.each<[string, Path, string, 'named' | 'unnamed', string]>([
    ['the whole file anew', 'queue.py', files['queue.py'].replace('print', 'show'), 'named', 'whole'],
    ['a file with other contents', 'queue.py', 'x = 1\n', 'named', 'whole'],
    ['another file', 'queue.py', 'def other():\n    return 1\n', 'unnamed', 'foreign'],
    ['a script of its own', 'queue.py', 'import sys\n\n\ndef main():\n    print(sys.argv)\n\n\nmain()\n', 'unnamed', 'foreign'],
    ['words of the file', 'queue.py', '        self.jobs.append(job)\n', 'named', 'quotation'],
  ])('%s', async (_name, path, text, certainty, kind) => {
    expect((await judge(path, text, certainty)).kind).toBe(kind);
  });
});

it('whatever lines a piece has, nothing throws, and one that is placed takes nothing else away', async () => {
  const line = constantFrom(
    'def push(self, job):',
    '    def size(self):',
    '        return 1',
    '    return 2',
    'class Queue:',
    '',
    '# ...',
    'import os',
    'x = 1',
    '@property',
  );
  await assert(
    asyncProperty(array(line, { maxLength: 10 }), async (lines) => {
      const judged = await judge('queue.py', lines.join('\n'), 'named');
      const content = judged.kind === 'placed' ? judged.content : files['queue.py'];
      expect(content).toContain('def main():');
    }),
    { numRuns: 60 },
  );
});

describe('a method that no class has yet', () => {
  it.each<[string, Path, string, string]>([
    [
      'Python',
      'queue.py',
      '    def clear(self):\n        self.jobs = []\n',
      'self.jobs.append(job)\n\n    def clear(self):\n        self.jobs = []\n',
    ],
    [
      'Python, at the margin',
      'queue.py',
      'def clear(self):\n    self.jobs = []\n',
      '    def clear(self):\n        self.jobs = []\n\n\ndef main():',
    ],
    ['JavaScript', 'queue.js', 'clear() {\n  this.jobs = [];\n}\n', '  clear() {\n    this.jobs = [];\n  }\n}\n\nexport function main'],
    ['TypeScript', 'queue.ts', 'clear(): void {\n  this.jobs = [];\n}\n', '  clear(): void {\n    this.jobs = [];\n  }\n}\n'],
    ['Java', 'Queue.java', 'public void clear() {\n    count = 0;\n}\n', '    public void clear() {\n        count = 0;\n    }\n}\n'],
  ])('goes to the end of the only class that has any: %s', async (_, path, piece, expected) => {
    const judged = await judge(path, piece, 'named');
    expect(judged).toMatchObject({ kind: 'placed' });
    expect(judged.kind === 'placed' ? judged.content : '').toContain(expected);
  });

  it('belongs to nobody where several classes have methods', async () => {
    const standing = `${files['queue.py']}\n\nclass Stack:\n    def pop(self):\n        return None\n`;
    const text = 'def clear(self):\n    self.jobs = []\n';
    expect(await judgeFragment({ path: 'queue.py', standing, text, certainty: 'named', elsewhere: () => new Set() })).toMatchObject({
      kind: 'unplaced',
      name: 'clear',
    });
  });

  it('is no method where it takes no object', async () => {
    expect(await judge('queue.py', 'def clear(jobs):\n    jobs.clear()\n', 'named')).toMatchObject({ kind: 'unplaced' });
  });

  it('makes no piece of a text that nobody says belongs to the file', async () => {
    expect(await judge('queue.py', 'def clear(self):\n    self.jobs = []\n')).toEqual({ kind: 'foreign' });
  });
});
