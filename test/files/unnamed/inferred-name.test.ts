import { describe, expect, test } from 'vitest';
import { inferName, namesInTurn } from '../../../src/files/unnamed/inferred-name.ts';

function first(info: string, content: string): string | undefined {
  const name = inferName({ info, content });
  return name === undefined ? undefined : namesInTurn(name).next().value;
}

test.each([
  ['python', 'import os\n\nclass UserService:\n    def run(self): ...\n', 'user_service.py'],
  ['python', '# class Wrong\ndef main():\n    pass\n', 'main.py'],
  ['python', 'def first(): ...\n\nclass HTTPServer: ...\n', 'http_server.py'],
  ['python', 'async def fetch_all(): ...\n', 'fetch_all.py'],
  ['python', 'print(1)\n', 'code_1.py'],
  ['python', 'class Con: ...\n', 'code_1.py'],
  ['python', 'class Größe: ...\n', 'größe.py'],
  ['ts', 'export abstract class ShoppingCart {}\n', 'shopping_cart.ts'],
  ['typescript', 'export const addItem = async (item: Item) => {};\n', 'add_item.ts'],
  ['js', 'export default function* walkTree() {}\n', 'walk_tree.js'],
  ['java', 'public final class OrderItem {}\n', 'OrderItem.java'],
  ['go', 'package main\n\nfunc (s *Server) Start() {}\n', 'start.go'],
  ['rust', 'pub fn parse_line() {}\n', 'parse_line.rs'],
  ['bash', '#!/bin/sh\nset -e\n', 'code_1.sh'],
  ['yaml', 'class: x\n', 'code_1.yaml'],
  ['css', '.class x {}\n', 'code_1.css'],
  ['dockerfile', 'FROM node:24\n', 'Dockerfile'],
  ['Dockerfile', 'FROM node:24\n', 'Dockerfile'],
  ['', '# build\nARG V=24\nFROM node:${V} AS build\nRUN x\n', 'Dockerfile'],
  ['makefile', 'all:\n\techo\n', 'Makefile'],
  ['', 'some words\n', 'code_1.txt'],
  ['unknownlang', 'x\n', 'code_1.txt'],
])('%s %j is called %s', (info, content, expected) => {
  expect(first(info, content)).toBe(expected);
});

describe('what only shows something is no file', () => {
  test.each([
    ['console', '$ npm test\n'],
    ['shell-session', '$ npm test\n'],
    ['text', 'hello\n'],
    ['output', 'hello\n'],
    ['tree', 'src/\n'],
    ['bash', '$ npm test\nok\n'],
    ['powershell', 'PS C:\\> dir\n'],
    ['', 'me@host:~$ ls\n'],
    ['', 'project/\n├── src/\n│   └── app.py\n└── README.md\n'],
    ['bash', 'project\n|-- src\n|   `-- app.py\n'],
    ['', 'src/\n  app.py\n  main.py  # entry\ntests/\n'],
    ['python', ''],
    ['python', ' \n\n'],
    ['http://localhost:8000/docs', 'x\n'],
    ['Authorization: Bearer abc', 'x\n'],
    ['http', 'GET /docs HTTP/1.1\n'],
  ])('%j %j', (info, content) => {
    expect(first(info, content)).toBeUndefined();
  });
});

test('the names after the first differ from it and from each other', () => {
  const names = (info: string, content: string) => namesInTurn(inferName({ info, content })!).take(3).toArray();
  expect(names('python', 'class User: ...')).toEqual(['user.py', 'user_2.py', 'user_3.py']);
  expect(names('python', 'x = 1')).toEqual(['code_1.py', 'code_2.py', 'code_3.py']);
  expect(names('dockerfile', 'FROM x')).toEqual(['Dockerfile', 'Dockerfile.2', 'Dockerfile.3']);
});

// Some milliseconds; by trying each beginning against each end it would be minutes.
test('hostile content is judged in one go', () => {
  for (const line of [
    'export '.repeat(100_000),
    'const a = ('.repeat(50_000),
    'export\n'.repeat(50_000),
    'func ('.repeat(50_000),
    '│ '.repeat(50_000),
  ]) {
    expect(first('js', line)).toBeTypeOf('string');
    expect(first('', line)).toBeTypeOf('string');
  }
});
