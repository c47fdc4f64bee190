import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { SettingsInput } from '../../../src/config/settings-schema.ts';
import { eventsOfType } from '../../support/team-on-fake.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { checkedTeam } from '../checks/checked-team.ts';

export const file = (path: string, content: string) => `\`\`\`text:${path}\n${content}\n\`\`\`\n`;

/** What the stand-in for npm does unless a test says otherwise. */
export const givesGreet = `
mkdir -p node_modules/greet
echo '{ "name": "greet", "main": "index.js" }' > node_modules/greet/package.json
echo 'module.exports = (name) => "Hello, " + name;' > node_modules/greet/index.js`;

export interface TeamWithPackagesOptions {
  /** What stands for npm does. */
  npm?: string;
  /** What the tests do besides. */
  test?: string;
  packages?: Record<string, string>;
  settings?: SettingsInput;
  environment?: Record<string, string>;
  cacheFolder?: string | undefined;
}

/** A team whose program needs a package, with a stand-in for npm on the path: no test fetches anything. */
export async function teamWithPackages({
  npm = givesGreet,
  test = '',
  packages = { greet: '^1.0.0' },
  settings,
  environment = {},
  cacheFolder = temporaryFolder(),
}: TeamWithPackagesOptions = {}) {
  const programs = join(temporaryFolder(), 'programs', 'bin');
  mkdirSync(programs, { recursive: true });
  writeFileSync(join(programs, 'npm'), `#!/bin/sh\n${npm}\n`);
  chmodSync(join(programs, 'npm'), 0o755);
  const team = await checkedTeam({
    settings: { allow_install: true, ...settings },
    orchestrator: {
      cacheFolder,
      commandEnvironment: { PATH: `${programs}:${process.env['PATH'] ?? ''}`, HOME: '/home/somebody', ...environment },
    },
    code: `${file('package.json', JSON.stringify({ dependencies: packages }))}${file('greeting.js', "exports.greeting = require('greet')('you');")}`,
    tests: file(
      'greeting.test.js',
      `const { test } = require('node:test');\nconst assert = require('node:assert');\nconst { greeting } = require('./greeting.js');\ntest('greets', () => {\n  assert.equal(greeting, 'Hello, you');\n${test}});`,
    ),
  });
  return {
    ...team,
    cacheFolder,
    installs: () => eventsOfType(team.events, 'activity.started').flatMap(({ data }) => (data.kind === 'install' ? [data.activity] : [])),
  };
}
