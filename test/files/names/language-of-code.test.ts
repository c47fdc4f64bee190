import { expect, test } from 'vitest';
import { languageOfCode } from '../../../src/files/names/language-of-code.ts';
import { fence, filesOf } from '../reply-forms/files-of.ts';

const greet =
  'export interface User {\n  name: string;\n}\n\nexport function greet(user: User): string {\n  return `Hi ${user.name}`;\n}\n';

test.each([
  ['greet.ts', greet],
  ['add.js', 'function add(a, b) {\n  return a + b;\n}\n\nmodule.exports = { add };\n'],
  ['read.js', "import fs from 'node:fs';\n\nexport const read = (p) => fs.readFileSync(p, 'utf8');\n"],
  ['card.jsx', "import React from 'react';\n\nexport function Card({ title }) {\n  return <h1>{title}</h1>;\n}\n"],
  [
    'card.tsx',
    'type Props = { title: string };\n\nexport function Card({ title }: Props) {\n  return (\n    <h1 className="x">\n      {title}\n    </h1>\n  );\n}\n',
  ],
  ['main.py', 'import sys\n\ndef main():\n    print(sys.argv)\n\nif __name__ == "__main__":\n    main()\n'],
  ['stack.py', 'class Stack:\n    def __init__(self):\n        self.items = []\n'],
  ['main.go', 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("hi")\n}\n'],
  ['main.rs', 'use std::env;\n\nfn main() {\n    let args: Vec<String> = env::args().collect();\n    println!("{:?}", args);\n}\n'],
  ['Stack.java', 'import java.util.List;\n\npublic class Stack {\n    private int size;\n}\n'],
  ['code_1.c', '#include <stdio.h>\n\nint main(void) {\n    printf("hi\\n");\n    return 0;\n}\n'],
  ['code_1.cpp', '#include <iostream>\n#include <stdio.h>\n\nint main() {\n    std::cout << "hi";\n}\n'],
  ['code_1.cs', 'using System;\n\nnamespace App\n{\n    class Program { }\n}\n'],
  ['add.php', '<?php\nfunction add($a, $b) {\n    return $a + $b;\n}\n'],
  ['stack.rb', 'class Stack\n  def initialize\n    @items = []\n  end\nend\n'],
  ['main.kt', 'fun main() {\n    val name = "x"\n    println("hi $name")\n}\n'],
  ['greet.swift', 'import Foundation\n\nfunc greet(name: String) -> String {\n    return "Hi \\(name)"\n}\n'],
  ['code_1.sql', 'CREATE TABLE users (\n  id INTEGER PRIMARY KEY,\n  name TEXT NOT NULL\n);\n'],
  ['code_1.html', '<!DOCTYPE html>\n<html>\n<script>\nconst a = 1;\n</script>\n</html>\n'],
  ['code_1.css', 'body {\n  margin: 0;\n}\n\n.button {\n  color: red;\n}\n'],
  ['code_1.sh', '#!/bin/bash\nset -e\necho hi\n'],
  ['code_1.py', '#!/usr/bin/env python3.12\nprint("hi")\nprint("ho")\n'],
  ['code_1.js', '#!/usr/bin/env -S node --enable-source-maps\nrun("hi");\nrun("ho");\n'],
])('a fence that says nothing holds %s', (path, content) => {
  expect(filesOf(`Here is the code:\n\n${fence('', content)}`)).toEqual({ [path]: content });
});

test.each([
  ['prose', 'Create the table first.\nThen import it from the list:\nall of it.\n'],
  ['data', '{\n  "name": "x",\n  "version": "1.0.0"\n}\n'],
  ['settings', 'name: x\nservices:\n  web: 1\n'],
  ['marks of two languages', 'package main\n\ndef main():\n    pass\n'],
  ['an interpreter that nobody knows', '#!/usr/bin/env frobnicate\ndef x():\n'],
  ['nothing', ''],
])('of %s no language is certain', (_what, content) => {
  expect(languageOfCode(content)).toBeUndefined();
});
