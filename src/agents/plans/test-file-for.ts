/** The file for tests of a program and the framework to write them with. It is one that needs no installation, if the language has such a one. */
export interface TestPlan {
  path: string;
  framework: string;
}

/** Undefined for a language whose tests need a separate project. */
export function testFileFor(path: string): TestPlan | undefined {
  const at = path.lastIndexOf('/') + 1;
  const folder = path.slice(0, at);
  const name = path.slice(at);
  const dot = name.lastIndexOf('.');
  const stem = name.slice(0, dot);
  const ending = name.slice(dot + 1);
  switch (ending) {
    case 'py':
      return { path: `${folder}test_${stem.replaceAll('-', '_')}.py`, framework: "Python's unittest" };
    case 'js':
    case 'mjs':
    case 'cjs':
    case 'ts':
    case 'mts':
      return { path: `${folder}${stem}.test.${ending}`, framework: 'node:test and node:assert' };
    case 'go':
      return { path: `${folder}${stem}_test.go`, framework: "Go's testing package" };
    case 'java':
      return { path: `${folder}${stem}Test.java`, framework: 'plain Java with a main method that throws where something is wrong' };
    case 'rs':
      return { path: `${folder}${stem}_test.rs`, framework: 'Rust tests (#[test])' };
    case 'rb':
      return { path: `${folder}test_${stem}.rb`, framework: 'Minitest' };
    default:
      return undefined;
  }
}
