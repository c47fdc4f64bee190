const fence = '```';
const block = (info: string, content: string) => `${fence}${info}\n${content}${fence}\n`;

const replies: Record<string, string> = {
  bug_analysis: '# Analysis\n\nThe total of an invoice leaves out the last line.\n\n- The loop ends one too early.\n- No test covers it.\n',
  // Two versions of one file, a file between others, and a name that leads out of the folder.
  bug_fix: [
    block('python:src/total.py', 'def total(lines):\n    return sum(lines[:-1])\n'),
    block('python:src/total.py', 'def total(lines):\n    return sum(lines)\n'),
    block('python:../outside.py', 'print("never")\n'),
    block('python:src/format.py', 'def euro(cents):\n    return f"{cents / 100:.2f} €"\n'),
  ].join('\nAnd then:\n\n'),
  regression_testing: block(
    'python:tests/test_total.py',
    'from src.total import total\n\n\ndef test_last_line():\n    assert total([1, 2]) == 3\n',
  ),
  // Overwrites a file of an earlier step, and holds a fence of its own.
  release_notes: [
    block('python:src/format.py', 'def euro(cents):\n    return f"{cents / 100:.2f}"\n'),
    `${fence}${fence}markdown:CHANGELOG.md\n# Changelog\n\n${block('python', 'total([1, 2])')}\n- The total is right.\n${fence}${fence}\n`,
  ].join('\n'),
};

/** For `reply` of the fake server: a short run of the workflow `bug_fix` with everything that may go wrong twice. */
export function crashReply({ taskType }: { taskType: string | undefined }): string {
  return replies[taskType ?? ''] ?? 'There is nothing to do.';
}
