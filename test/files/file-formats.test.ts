import { describe, expect, test } from 'vitest';
import type { FenceOpening } from '../../src/files/scan/fenced-block.ts';
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
  ])('%s %j is %s', (info, content, path) => {
    expect(nameOfContent(info, content)).toMatchObject({ path, format: 'first-comment' });
  });

  test.each([
    ['python', '# config.yaml\nx\n'],
    ['python', '# see app.py\nx\n'],
    ['python', '# usage: app.py x\nx\n'],
    ['python', 'x\n# src/app.py\n'],
    ['markdown', '# README.md\n'],
    ['bash', '# app.py\npython app.py\n'],
    ['python', '# 1.2.3\n'],
    ['http://x/y', '# a.py\n'],
    ['js', `// ${'a/'.repeat(200)}x.js\n`],
  ])('%s %j is none', (info, content) => {
    expect(nameOfContent(info, content)).toBeUndefined();
  });
});
