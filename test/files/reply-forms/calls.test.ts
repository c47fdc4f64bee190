import { describe, expect, test } from 'vitest';
import { add, fence, filesOf, script, sub } from './files-of.ts';

const one = { 'src/app.py': add };
const both = { 'src/app.py': add, 'src/sub.py': sub };
const escaped = add.replaceAll('\n', String.raw`\n`);
const given = JSON.stringify({ path: 'src/app.py', content: add });
const call = JSON.stringify({ name: 'write_file', arguments: { path: 'src/app.py', content: add } });

describe('a call that is written as code is the file that it writes', () => {
  test.each([
    ['long string', `write_file("src/app.py", """${add}""")\n`, one],
    ['text below the quotes', `write_file("src/app.py", """\n${add}""")\n`, one],
    ['named arguments', `write_file(path="src/app.py", content="""${add}""")\n`, one],
    ['over several lines in a fence', fence('python', `write_file(\n    path="src/app.py",\n    content='''\n${add}''',\n)\n`), one],
    [
      'two, with a comment',
      fence(
        'tool_code',
        `# the files\nwrite_file(path='src/app.py', content="""${add}""")\nwrite_file(path='src/sub.py', content="""${sub}""")\n`,
      ),
      both,
    ],
    ['printed, of a module', fence('tool_code', `print(default_api.write_file(path="src/app.py", content="""${add}"""))\n`), one],
    ['list of calls', `[write_file(path="src/app.py", content="${escaped}")]\n`, one],
    ['escapes', `create_file("src/app.py", "${escaped}")\n`, one],
    ['raw string', `write_file("src/app.py", r"""${add}""")\n`, one],
    ['strings that follow each other', `write_file("src/app.py", ("def add(a, b):\\n"\n  "    return a + b\\n"))\n`, one],
    ['marks of a model around it', `<|python_tag|>write_file(path="src/app.py", content="""${add}""")<|eom_id|>`, one],
    ['tag around it', `<tool_call>\nwrite_file(path="src/app.py", content="""${add}""")\n</tool_call>\n`, one],
    ['template', fence('javascript', `await fs.writeFile("src/add.js", \`${script}\`);\n`), { 'src/add.js': script }],
    ['object', `create_file({ path: "src/app.py", content: "${escaped}" })\n`, one],
    ['beside a call that reads', `read_file("x.py")\nwrite_file("src/app.py", """${add}""")\n`, {}],
    [
      'with fences in its text',
      `write_file("README.md", """# T\n\n${fence('sh', 'ls\n')}""")\n`,
      { 'README.md': `# T\n\n${fence('sh', 'ls\n')}` },
    ],
  ])('%s', (_form, reply, files) => {
    expect(filesOf(reply)).toEqual(files);
  });

  test.each([
    ['a program that defines something', 'def save():\n    write_file("src/app.py", """x""")\n\n\nsave()\n'],
    ['a program that computes what it writes', 'write_file("src/app.py", render(name))\n'],
    ['a formatted string', 'write_file("src/app.py", f"""{name}""")\n'],
    ['a template that puts something in', 'write_file("src/app.js", `${name}`)\n'],
  ])('%s is code', (_what, code) => {
    expect(filesOf(fence('python:tools.py', code))).toEqual({ 'tools.py': code });
    expect(Object.keys(filesOf(fence('python', code)))).not.toContain('src/app.py');
  });
});

describe('a call in the dialect of a model is the file that it writes', () => {
  test.each([
    [
      'DeepSeek V3',
      `<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>write_file\n${fence('json', `${given}\n`).trimEnd()}<｜tool▁call▁end｜><｜tool▁calls▁end｜>`,
    ],
    ['DeepSeek V3.1', `<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>write_file<｜tool▁sep｜>${given}<｜tool▁call▁end｜><｜tool▁calls▁end｜>`],
    [
      'DeepSeek V3.2',
      `<｜DSML｜function_calls>\n<｜DSML｜invoke name="write_file">\n<｜DSML｜parameter name="path" string="true">src/app.py</｜DSML｜parameter>\n<｜DSML｜parameter name="content" string="true">${add}</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>`,
    ],
    [
      'GLM',
      `<tool_call>write_file\n<arg_key>path</arg_key>\n<arg_value>src/app.py</arg_value>\n<arg_key>content</arg_key>\n<arg_value>${add}</arg_value>\n</tool_call>\n`,
    ],
    [
      'Kimi',
      `<|tool_calls_section_begin|><|tool_call_begin|>functions.write_file:0<|tool_call_argument_begin|>${given}<|tool_call_end|><|tool_calls_section_end|>`,
    ],
    ['gpt-oss', `<|channel|>commentary to=functions.write_file <|constrain|>json<|message|>${given}<|call|>`],
    ['Command R', `Action: \`\`\`json\n[{"tool_name": "write_file", "parameters": ${given}}]\n\`\`\``],
    ['Gemini', fence('json', `{"functionCall": {"name": "write_file", "args": ${given}}}\n`)],
    ['Mistral', `[TOOL_CALLS]write_file[ARGS]${given}`],
    ['Granite', `<|tool_call|>[${call}]`],
    ['Phi', `functools[${call}]`],
    ['quotes of Python', fence('json', `{'path': 'src/app.py', 'content': '${escaped}'}\n`)],
    ['Python constants', fence('', `{"path": "src/app.py", "overwrite": True, "mode": None, "content": "${escaped}"}\n`)],
    ['a template as a value', fence('json', `{"path": "src/app.py", "content": \`${add}\`}\n`)],
  ])('%s', (_model, reply) => {
    expect(filesOf(reply)).toEqual(one);
  });
});

test('what is no file stays none: a call that only reads, and an object with other words', () => {
  expect(filesOf('read_file("src/app.py")\n')).toEqual({});
  expect(filesOf(fence('json', `{"name": "read_file", "arguments": {"path": "src/app.py"}}\n`))).toEqual({});
});
