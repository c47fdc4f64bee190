const testName = /^(?:test_.*|.*_test|.*[._-](?:test|spec)|.*Tests?)\.[A-Za-z]+$/;
const testFolder = /(?:^|\/)(?:tests?|__tests__|spec)\//;

/** Whether a file holds tests, or what they need, by its name. */
export function isTestPath(path: string): boolean {
  return testName.test(path.slice(path.lastIndexOf('/') + 1)) || testFolder.test(path);
}
