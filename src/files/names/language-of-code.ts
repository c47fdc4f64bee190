/** Lines that occur only in files of one language. Each expression matches one whole line, so that the search is linear in the code. */
interface LanguageMarks {
  language: string;
  /** Any of them is enough. */
  marks: readonly RegExp[];
  /** Languages whose files may contain the same marks: if both match, it is this one. */
  over?: readonly string[];
}

/** Further down there is nothing new to learn, and the bound keeps hostile text cheap. */
const searched = 16 * 1024;

const interpreters: Readonly<Record<string, string>> = {
  bash: 'bash',
  deno: 'typescript',
  fish: 'fish',
  lua: 'lua',
  node: 'javascript',
  perl: 'perl',
  php: 'php',
  pwsh: 'powershell',
  python: 'python',
  ruby: 'ruby',
  sh: 'bash',
  zsh: 'bash',
};

const table: readonly LanguageMarks[] = [
  { language: 'php', marks: [/^<\?php\b/m], over: ['html', 'javascript', 'css', 'java', 'sql', 'csharp'] },
  { language: 'html', marks: [/^<!doctype html\b/im, /^<html[\s>]/im], over: ['javascript', 'css', 'jsx'] },
  { language: 'xml', marks: [/^<\?xml /m], over: ['html'] },
  {
    language: 'python',
    marks: [
      /^[ \t]*(?:async )?def \w{1,80}\(.{0,300}\)(?: -> .{1,100})?:[ \t]*(?:#.*)?$/m,
      /^class \w{1,80}(?:\([\w., =[\]]{0,200}\))?:[ \t]*$/m,
      /^from \.{0,3}[\w.]{1,100} import [\w(*]/m,
      /^if __name__ == ['"]__main__['"]:/m,
    ],
    over: ['sql'],
  },
  { language: 'go', marks: [/^package [a-z]\w{0,60}[ \t]*$/m], over: ['sql', 'javascript', 'typescript'] },
  {
    language: 'rust',
    marks: [
      /^[ \t]*(?:pub(?:\(\w{1,10}\))? )?(?:async )?(?:unsafe )?fn \w{1,80}(?:<.{1,200}>)?\(.{0,300}\)(?: -> .{1,200})? \{/m,
      /^(?:pub )?use (?:std|crate|super|self|[a-z_]\w{0,60})::.{1,200};[ \t]*$/m,
      /^#!?\[(?:derive|cfg|test|allow|tokio::main)\b/m,
      /^impl(?:<.{1,100}>)? [A-Z]\w{0,60}.{0,100}\{/m,
    ],
    over: ['java', 'csharp', 'javascript', 'typescript', 'cpp'],
  },
  {
    language: 'java',
    marks: [
      /^import (?:static )?[a-z]\w{0,40}(?:\.\w{1,60}){1,12}(?:\.\*)?;[ \t]*$/m,
      /^package [a-z]\w{0,40}(?:\.\w{1,40}){0,12};[ \t]*$/m,
      /^[ \t]*public static void main\(String/m,
    ],
  },
  {
    language: 'kotlin',
    marks: [
      /^[ \t]*(?:(?:private|public|internal|override|suspend|inline) )*fun (?:<.{1,60}> )?[\w.]{1,80}\(.{0,300}\)(?:: [\w<>?, ]{1,80})? [={]/m,
      /^data class \w{1,80}\(/m,
    ],
  },
  { language: 'swift', marks: [/^import (?:Foundation|SwiftUI|UIKit|Combine|XCTest)[ \t]*$/m] },
  {
    language: 'csharp',
    marks: [/^using [A-Z]\w{0,60}(?:\.\w{1,60}){0,12};[ \t]*$/m, /^namespace [A-Z][\w.]{0,100}(?:;|[ \t]*\{)?[ \t]*$/m],
  },
  { language: 'c', marks: [/^[ \t]*#[ \t]*include[ \t]*[<"][\w./+-]{1,100}\.h[>"]/m] },
  {
    language: 'cpp',
    marks: [
      /^[ \t]*#[ \t]*include[ \t]*<\w{1,60}>/m,
      /\bstd::\w/,
      /^using namespace \w{1,60};/m,
      /^template[ \t]*<.{1,200}>/m,
      /^class \w{1,80}(?: : (?:public|private) [\w:]{1,80})? ?\{[\s]{0,20}(?:public|private):/m,
    ],
    over: ['c', 'csharp'],
  },
  {
    language: 'ruby',
    marks: [/^require(?:_relative)? ['"][\w./-]{1,100}['"][ \t]*$/m, /^[ \t]*def (?:self\.)?\w{1,80}[?!]?(?:\([^()]{0,200}\))?[ \t]*$/m],
  },
  {
    language: 'javascript',
    marks: [
      /^(?:const|let|var) .{1,200}= (?:await )?(?:require|import)\(['"`].{1,200}['"`]\)/m,
      /^import (?:.{1,300} from )?['"][^'"\n]{1,200}['"];?[ \t]*$/m,
      /^(?:module\.)?exports\b.{0,60}=/m,
      /^export (?:default|const|let|class|async|function|\{)/m,
      /^(?:async )?function\*? ?\w{1,80}\(.{0,300}\) \{/m,
      /^[ \t]*(?:const|let) [\w{},[\] ]{1,200} = .{1,300};[ \t]*$/m,
      /^[ \t]*console\.log\(/m,
    ],
  },
  {
    language: 'typescript',
    marks: [
      /^import type /m,
      /^(?:export )?(?:declare )?(?:interface|enum) \w{1,80}(?:<.{1,100}>)?(?: extends .{1,100})? \{/m,
      /^(?:export )?type \w{1,80}(?:<.{1,100}>)? = /m,
      /^[ \t]*(?:export )?(?:default )?(?:async )?function\*? ?\w{1,80}(?:<.{1,100}>)?\(.{0,300}\): [\w<>[\]|{}., ]{1,200} \{/m,
      /^[ \t]*(?:export )?(?:const|let) \w{1,80}: [A-Za-z].{0,200} = /m,
      /^[ \t]*(?:private|public|protected|readonly) (?:readonly )?\w{1,80}[?!]?: \w/m,
    ],
    over: ['javascript', 'java'],
  },
  {
    language: 'sql',
    marks: [
      /^(?:create (?:or replace )?(?:table|view|index|unique index|database|function|trigger)|insert into|alter table|drop table) [\w."`]/im,
    ],
  },
  { language: 'lua', marks: [/^local function \w/m, /^local \w{1,80} = .{1,300}[^;\n]$/m] },
];

/** An HTML element within code: the code then belongs to a page. */
const element = /^[ \t]{0,100}(?:(?:return \(?|\(|=> \(?)[ \t]{0,10})?<(?:[A-Z]\w{0,60}|[a-z][a-z0-9]{0,20})(?: [^<>\n]{0,300})?\/?>/m;
const withElements: Readonly<Record<string, string>> = { javascript: 'jsx', typescript: 'tsx' };

const rule = /^[^\n{}]{1,200}\{[ \t]*\n(?:[ \t]+[a-z-]{2,40}:[ \t][^\n]{1,200};[ \t]*\n){1,60}\}/;

/**
 * The language of unlabelled code, if its lines leave no doubt. Undefined if no mark matches, or marks of several languages do. Data and settings are never
 * certain.
 */
export function languageOfCode(content: string): string | undefined {
  const code = content.slice(0, searched).replaceAll(/\r\n?/g, '\n');
  const interpreter = interpreterOf(code);
  if (interpreter !== undefined) return Object.hasOwn(interpreters, interpreter) ? interpreters[interpreter] : undefined;
  const met = table.filter(({ marks }) => marks.some((mark) => mark.test(code)));
  const beaten = new Set(met.flatMap(({ over = [] }) => over));
  const [only, ...others] = met.filter(({ language }) => !beaten.has(language));
  if (only === undefined) return rule.test(code.trimStart()) ? 'css' : undefined;
  if (others.length > 0) return undefined;
  return element.test(code) ? (withElements[only.language] ?? only.language) : only.language;
}

/** `python` of `#!/usr/bin/env python3`. */
function interpreterOf(code: string): string | undefined {
  const match = /^#![ \t]*(\S{1,100})(?:[ \t]+(?:-S[ \t]+)?(\S{1,40}))?/.exec(code);
  const program = match?.[1]?.split('/').at(-1);
  return (program === 'env' ? match?.[2] : program)?.replace(/[\d.]{1,10}$/, '');
}
