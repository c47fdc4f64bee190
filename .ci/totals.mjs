// Says of each failed test what it is and why it failed, behind all the other output, and writes "passed failed" as its last line.
// Arguments: the JSON reports of vitest. A report that is missing or broken counts as one failure: its runner has told why.
import { readFileSync } from 'node:fs';

const read = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, testResults: [] };
  }
};
const reports = process.argv.slice(2).map(read);
let suites = 0;
for (const { testResults } of reports)
  for (const { name, status, message, assertionResults } of testResults) {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    // A file that could not be loaded has no test that failed.
    if (status === 'failed' && failed.length === 0) {
      suites += 1;
      write(`FAILED ${name}\n${shortened(message)}`);
    }
    for (const { fullName, failureMessages } of failed) write(`FAILED ${name} > ${fullName}\n${shortened(failureMessages.join('\n'))}`);
  }
const sum = (count) => reports.reduce((total, report) => total + count(report), 0);
write(`${sum((report) => report.numPassedTests)} ${sum((report) => report.numFailedTests) + suites}`);

function write(text) {
  process.stdout.write(`${text}\n`);
}

function shortened(message) {
  return message
    .split('\n')
    .slice(0, 25)
    .map((line) => `  ${line.slice(0, 300)}`)
    .join('\n');
}
