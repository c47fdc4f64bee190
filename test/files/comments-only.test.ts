import { expect, test } from 'vitest';
import { holdsOnlyProse } from '../../src/files/comments-only.ts';

test.each([
  ['a.py', '# What is to be done:\n#\n# - the list\n'],
  ['a.py', '"""\nThe module keeps a list.\n\nIt can be sorted.\n"""\n'],
  ['a.py', '"""The module keeps a list."""\n\n# It can be sorted.\n'],
  ['a.py', '# One.\n# Two.\n# Three.\npass\n'],
  ['a.js', '/*\n * The module keeps a list.\n */\n'],
  ['a.ts', '// The module keeps a list.\n'],
  ['a.go', '// Sums.\n// It adds.\n// No more.\npackage main\n'],
  ['a.rs', '//! The module keeps a list.\n'],
  ['A.java', '/** Keeps a list. */\n// Later.\n'],
  ['Dockerfile', '# The image is built from Python.\n'],
  ['run.sh', '# Starts the program.\n'],
])('%s with nothing but comments is prose: %j', (path, content) => {
  expect(holdsOnlyProse(path, content)).toBe(true);
});

test.each([
  ['a.py', ''],
  ['a.py', '\n\n'],
  ['a.py', '# Adds.\nx = 1\n'],
  ['a.py', '"""Adds."""\n\n\ndef add(a, b):\n    """Adds."""\n    return a + b\n'],
  ['a.py', '# What others use.\nfrom .store import Store\n'],
  ['a.py', '# Copyright 2031 Somebody. All rights reserved.\n'],
  ['pkg/__init__.py', '"""Keeps lists."""\n'],
  ['pkg/doc.go', '// Package lists keeps lists.\npackage lists\n'],
  ['env.d.ts', '/// <reference types="vite/client" />\n'],
  ['a.js', '/* adds */ export const add = (a, b) => a + b;\n'],
  ['a.js', '/*\n adds */ add();\n'],
  ['a.rs', '#![allow(dead_code)]\n'],
  ['run.sh', '#!/bin/sh\n# Starts.\n'],
  ['a.c', '#include <stdio.h>\nint main(void) { return 0; }\n'],
  ['settings.yaml', '# port: 80\n'],
  ['README.md', '# Title\n'],
])('%s is no prose: %j', (path, content) => {
  expect(holdsOnlyProse(path, content)).toBe(false);
});
