import { describe, expect, test } from 'vitest';
import type { FenceOpening } from '../../src/files/fenced-block.ts';
import { fileFormats, nameBlock } from '../../src/files/file-formats.ts';

function nameOfContent(info: string, content: string) {
  return nameBlock(fileFormats, { delimiter: 'fence', info, leading: [], content, range: [0, content.length], closed: true });
}

function name(info: string, ...leading: string[]) {
  return nameBlock(fileFormats, { delimiter: 'fence', info, leading } satisfies FenceOpening);
}

describe('each format finds its file', () => {
  test.each<[string, string, string, string[], { path: string; language?: string | undefined }]>([
    ['language-path', 'python:src/app.py', 'lang:path', [], { path: 'src/app.py', language: 'python' }],
    ['language-path', 'Python: src/app.py', 'lang: path', [], { path: 'src/app.py', language: 'python' }],
    ['language-path', 'c++:src/a.cpp', 'a language with signs', [], { path: 'src/a.cpp', language: 'c++' }],
    ['language-path', 'gleam:src/a.gleam', 'an unknown language', [], { path: 'src/a.gleam', language: 'gleam' }],
    ['language-path', 'dockerfile:Dockerfile', 'a name without extension', [], { path: 'Dockerfile', language: 'dockerfile' }],
    ['language-path', 'file:src/app.py', 'a label in place of the language', [], { path: 'src/app.py' }],
    ['language-path', 'python:../../x.py', 'a path that will be refused', [], { path: '../../x.py', language: 'python' }],
    ['info-path', 'src/app.py', 'a path alone', [], { path: 'src/app.py' }],
    ['info-path', '.env.example', 'a dot file alone', [], { path: '.env.example' }],
    ['info-attribute', 'ts title="src/app.ts"', 'title=', [], { path: 'src/app.ts', language: 'ts' }],
    ['info-attribute', "ts title='src/app.ts' showLineNumbers", 'title= with more after it', [], { path: 'src/app.ts', language: 'ts' }],
    ['info-attribute', 'ts file=src/app.ts', 'file=', [], { path: 'src/app.ts', language: 'ts' }],
    ['info-attribute', 'ts {filename="src/app.ts"}', 'filename= in braces', [], { path: 'src/app.ts', language: 'ts' }],
    ['language-and-path', 'python src/app.py', 'lang path', [], { path: 'src/app.py', language: 'python' }],
    ['bold-file-marker', 'python', '**File:** with backticks', ['**File:** `src/app.py`'], { path: 'src/app.py', language: 'python' }],
    [
      'bold-file-marker',
      'python',
      '**File**: with the colon outside',
      ['**File**: `src/app.py`'],
      { path: 'src/app.py', language: 'python' },
    ],
    ['bold-file-marker', '', 'all of it bold', ['**File: src/app.py**'], { path: 'src/app.py' }],
    ['bold-file-marker', 'python', 'in a list', ['2. **Filename:** `src/app.py` (new)'], { path: 'src/app.py', language: 'python' }],
    ['backticked-file-marker', 'python', 'File: with backticks', ['File: `src/app.py`'], { path: 'src/app.py', language: 'python' }],
    ['backticked-file-marker', 'python', 'in a heading', ['### File: `src/app.py`'], { path: 'src/app.py', language: 'python' }],
    ['file-line', 'python', 'File: bare', ['File: src/app.py'], { path: 'src/app.py', language: 'python' }],
    ['file-line', 'python', 'File: bare with a full stop', ['File: src/app.py.'], { path: 'src/app.py', language: 'python' }],
    [
      'file-line',
      'python',
      'with a sentence in between',
      ['File: src/app.py', 'It starts the server.'],
      { path: 'src/app.py', language: 'python' },
    ],
    ['path-label', 'python', 'path:', ['path: src/app.py'], { path: 'src/app.py', language: 'python' }],
    ['path-heading', 'python', 'a heading', ['## src/app.py'], { path: 'src/app.py', language: 'python' }],
    ['path-heading', 'python', 'with backticks and number', ['### 1. `src/app.py`'], { path: 'src/app.py', language: 'python' }],
    ['path-heading', 'python', 'with a colon and a remark', ['### `src/app.py`: (new)'], { path: 'src/app.py', language: 'python' }],
    ['path-heading', 'python', 'closed by marks', ['## src/app.py ##'], { path: 'src/app.py', language: 'python' }],
    ['path-heading', 'python', 'bold', ['#### **src/app.py**'], { path: 'src/app.py', language: 'python' }],
    [
      'path-heading',
      'yaml',
      'with text after it',
      ['## .github/workflows/ci.yml', 'Runs on push.'],
      { path: '.github/workflows/ci.yml', language: 'yaml' },
    ],
    ['path-heading', 'bash', 'settings in a shell block', ['## .env'], { path: '.env', language: 'bash' }],
    ['bold-file-marker', 'python', 'in German', ['**Datei:** `src/app.py`'], { path: 'src/app.py', language: 'python' }],
    ['file-line', 'python', 'in Chinese', ['文件：src/app.py'], { path: 'src/app.py', language: 'python' }],
    ['change-line', '', 'CHANGE:', ['CHANGE: src/app.py'], { path: 'src/app.py' }],
    ['path-heading', 'python', 'with a picture before it', ['### 📄 `src/app.py`'], { path: 'src/app.py', language: 'python' }],
    ['path-line', 'python', 'a path alone', ['src/app.py'], { path: 'src/app.py', language: 'python' }],
    ['path-line', 'diff', 'a path above its diff', ['`src/app.py`'], { path: 'src/app.py', language: 'diff' }],
    ['sentence-path', 'python', 'a sentence', ['Create `src/app.py` with this content:'], { path: 'src/app.py', language: 'python' }],
    ['sentence-path', 'python', 'a bold name in a sentence', ['The complete **src/app.py**:'], { path: 'src/app.py', language: 'python' }],
    ['path-line', 'python', 'a path and a colon', ['src/app.py:'], { path: 'src/app.py', language: 'python' }],
    ['path-line', 'python', 'a path in backticks', ['`src/app.py`'], { path: 'src/app.py', language: 'python' }],
    ['path-line', 'python', 'a bold path', ['**`src/app.py`**'], { path: 'src/app.py', language: 'python' }],
    ['info-attribute', 'ts data-filename="src/app.ts"', 'a data attribute', [], { path: 'src/app.ts', language: 'ts' }],
    ['info-attribute', 'ts {filename: src/app.ts}', 'a colon in braces', [], { path: 'src/app.ts', language: 'ts' }],
    ['info-attribute', 'ts file: src/app.ts', 'a label after the language', [], { path: 'src/app.ts', language: 'ts' }],
    ['info-attribute', 'md title="Guide for Users.md"', 'a title of several words', [], { path: 'Guide for Users.md', language: 'md' }],
    ['info-words', 'go:create:cmd/main.go', 'a verb between', [], { path: 'cmd/main.go', language: 'go' }],
    ['info-words', '{.go #cmd/main.go}', 'in the manner of Pandoc', [], { path: 'cmd/main.go', language: 'go' }],
    ['info-words', 'save cmd/main.go', 'a verb in place of the language', [], { path: 'cmd/main.go' }],
    ['info-words', 'cmd/main.go go', 'the path first', [], { path: 'cmd/main.go', language: 'go' }],
    ['info-words', 'go [cmd/main.go]', 'in brackets', [], { path: 'cmd/main.go', language: 'go' }],
    ['info-words', 'go:cmd/main.go:3-9', 'lines after it', [], { path: 'cmd/main.go', language: 'go' }],
    ['info-words', '3:9:cmd/main.go', 'lines before it', [], { path: 'cmd/main.go' }],
    ['info-words', 'go cmd/main.go (new)', 'a remark', [], { path: 'cmd/main.go', language: 'go' }],
    ['info-words', 'go // cmd/main.go', 'as a comment', [], { path: 'cmd/main.go', language: 'go' }],
    ['info-words', 'go:：cmd/main.go', 'a colon of another keyboard', [], { path: 'cmd/main.go', language: 'go' }],
    ['language-path', "md:docs/it's.md", 'an apostrophe', [], { path: "docs/it's.md", language: 'md' }],
    ['language-path', 'md:Guide for Users.md', 'spaces and no folder', [], { path: 'Guide for Users.md', language: 'md' }],
    ['path-heading', 'python', 'underlined', ['src/app.py', '----------'], { path: 'src/app.py', language: 'python' }],
    ['path-line', 'python', 'with an escape', ['src/my\\_app.py'], { path: 'src/my_app.py', language: 'python' }],
    ['path-line', 'python', 'with a space before the colon', ['src/app.py\u00A0:'], { path: 'src/app.py', language: 'python' }],
    ['path-line', 'python', 'explained', ['- **src/app.py**: starts everything'], { path: 'src/app.py', language: 'python' }],
    ['path-line', 'python', 'in HTML', ['<b>src/app.py</b>'], { path: 'src/app.py', language: 'python' }],
    [
      'path-line',
      'python',
      'bold, then a sentence',
      ['**src/app.py**', 'It starts everything.'],
      { path: 'src/app.py', language: 'python' },
    ],
    ['path-heading', 'python', 'numbered otherwise', ['### 2、src/app.py'], { path: 'src/app.py', language: 'python' }],
    ['backticked-file-marker', 'python', 'all of it in italics', ['*Fichier : `src/app.py`*'], { path: 'src/app.py', language: 'python' }],
    ['path-line', 'python', 'numbered', ['File 3: src/app.py'], { path: 'src/app.py', language: 'python' }],
    ['sentence-path', 'python', 'a preposition only', ['In `src/app.py`:'], { path: 'src/app.py', language: 'python' }],
    ['sentence-path', 'python', 'in French', ['Voici `src/app.py` :'], { path: 'src/app.py', language: 'python' }],
    [
      'sentence-path',
      'python',
      'all content replaced',
      ['Replace the whole content of `src/app.py` by:'],
      { path: 'src/app.py', language: 'python' },
    ],
    ['sentence-path', 'python', 'without backticks', ["Here's src/app.py:"], { path: 'src/app.py', language: 'python' }],
    ['backticked-file-marker', 'python', 'in a heading', ['## Step 2: Create `src/app.py`'], { path: 'src/app.py', language: 'python' }],
    ['path-line', 'python', 'a bold path and a colon', ['- **src/app.py**:'], { path: 'src/app.py', language: 'python' }],
  ])('%s: %s (%s)', (format, info, _what, leading, expected) => {
    expect(name(info, ...leading)).toEqual({ format, ...expected });
  });
});

describe('what is no file name stays none', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['python', []],
    ['Dockerfile', []],
    ['http://localhost:8000/docs', []],
    ['http', ['http://localhost:8000/docs']],
    ['Authorization: Bearer abc.def', []],
    ['Content-Type: application/json', []],
    ['Host: example.com', []],
    ['redis:7', []],
    ['node:20-alpine', []],
    ['python:3.12', []],
    ['bash npm install', []],
    ['ts title="How it works"', []],
    ['python', ['Here is the file:']],
    ['python', ['File: the one that we talked about']],
    ['python', ['## Node.js']],
    ['js', ['### `array.map`']],
    ['python', ['## 1.2.0']],
    ['json', ['## /api/users']],
    ['css', ['### .button']],
    ['bash', ['## src/app.py']],
    ['text', ['### `src/app.py`', 'prints']],
    ['python', ['## src/app.py', '## Usage']],
    ['python', ['## src/app.py', 'It is called so:', 'An example:']],
    ['ts', ['### `order.service`']],
    ['js', ['### Hono.js']],
    ['python', ['### src/app.js']],
    ['python', ['- src/a.py', '- src/b.py']],
    ['python', ['Run `src/app.py`:']],
    ['bash node server.js', []],
    ['python:{{name}}.py', []],
    ['python', ['See src/app.py for details']],
    ['python', ['In `src/app.py`, replace the last line:']],
    ['python', ['Create `a.py` and `b.py`:']],
    ['python', ['The complete output of `app.py`:']],
    ['bash', ['Create `app.py` so:']],
  ])('%j after %j', (info, leading) => {
    expect(name(info, ...leading)).toBeUndefined();
  });
});

test('the nearest of several markers counts', () => {
  expect(name('python', '**File:** `a.py`', 'File: b.py')?.path).toBe('b.py');
});

test('what the fence says comes before the line above it', () => {
  expect(name('python:a.py', '**File:** `b.py`')?.path).toBe('a.py');
});

// Some milliseconds; by trying each beginning against each end it would be minutes.
test('hostile lines are judged in one go', () => {
  for (const piece of [' ', '**', '# ', '`', '. ', 'title="', 'a/', '\\']) {
    expect(name(`python:${piece.repeat(50_000)}x`, `## ${piece.repeat(400)}x`, `**File:** ${piece.repeat(400)}`)).toBeUndefined();
    expect(name(`${piece.repeat(50_000)}x`)).toBeUndefined();
    name('python', `${piece.repeat(9_000)}x`, `${piece.repeat(9_000)}x:`);
    nameOfContent('python', `# ${piece.repeat(50_000)}x`);
  }
});

describe('a first comment that is the path', () => {
  test.each([
    ['python', '# src/app.py\nx\n', 'src/app.py'],
    ['python', '# File: src/app.py\nx\n', 'src/app.py'],
    ['python', '"""src/app.py"""\nx\n', 'src/app.py'],
    ['ts', '// src/app.ts\nx\n', 'src/app.ts'],
    ['ts', '\n  // src/app.ts - the entry\nx\n', 'src/app.ts'],
    ['js', '// src/App.tsx\nx\n', 'src/App.tsx'],
    ['css', '/* a/style.css */\nx\n', 'a/style.css'],
    ['html', '<!doctype html>\n<!-- index.html -->\n', 'index.html'],
    ['sql', '-- db/schema.sql\n', 'db/schema.sql'],
    ['lua', '-- init.lua\n', 'init.lua'],
    ['ini', '; app.ini\n', 'app.ini'],
    ['latex', '% paper.tex\n', 'paper.tex'],
    ['bash', '#!/bin/sh\n# run.sh\n', 'run.sh'],
    ['php', '<?php\n// index.php\n', 'index.php'],
    ['', '# src/app.py\nx\n', 'src/app.py'],
    ['bat', 'REM run.bat\n', 'run.bat'],
    ['jinja', '{# page.j2 #}\n', 'page.j2'],
    ['yaml', '# .github/workflows/ci.yml\n', '.github/workflows/ci.yml'],
    ['python', '## src/app.py\nx\n', 'src/app.py'],
    ['python', '"""\nsrc/app.py\n"""\nx\n', 'src/app.py'],
    ['js', '/**\n * @file src/app.js\n */\nx\n', 'src/app.js'],
    ['html', '<!--\n  index.html\n-->\n', 'index.html'],
    ['js', '"use strict";\n// src/app.js\nx\n', 'src/app.js'],
    ['bash', '# .env\nA=1\n', '.env'],
    ['ts', '// === src/app.ts ===\nx\n', 'src/app.ts'],
    ['ocaml', '(* src/app.ml *)\nx\n', 'src/app.ml'],
  ])('%s %j is %s', (info, content, path) => {
    expect(nameOfContent(info, content)).toMatchObject({ path, format: 'first-comment' });
  });

  test.each([
    ['python', '# config.yaml\nx\n'],
    ['python', '# see app.py\nx\n'],
    ['python', '# usage: app.py x\nx\n'],
    ['python', 'x\n# src/app.py\n'],
    ['js', '// taken from lib/app.js\nx\n'],
    ['markdown', '# README.md\n'],
    ['bash', '# app.py\npython app.py\n'],
    ['python', '# 1.2.3\n'],
    ['http://x/y', '# a.py\n'],
    ['js', `// ${'a/'.repeat(200)}x.js\n`],
  ])('%s %j is none', (info, content) => {
    expect(nameOfContent(info, content)).toBeUndefined();
  });
});
