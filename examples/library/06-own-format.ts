/** A way of naming files of one's own, and replies into files without a team: whoever the reply is from, nothing leads out of the folder. */
import { resolve } from 'node:path';
import { fileFormats, FileWriter, type NamingFormat } from '@multiagent-team/multiagent';

/** "Save to: src/app.py" on the line before the block. */
const saveTo: NamingFormat = {
  name: 'save-to',
  nameOf({ leading }) {
    const path = /^Save to: (.+)$/.exec(leading.at(-1) ?? '')?.[1];
    return path === undefined ? undefined : { path };
  },
};

const reply = `
Save to: src/greet.py
~~~python
print('Hello')
~~~
Save to: ../evil.py
~~~python
print('Out')
~~~
`;

const writer = new FileWriter({ folder: resolve('output/from-a-reply'), formats: [saveTo, ...fileFormats] });
const report = await writer.writeCodeBlocks(reply, 'greeting', 'developer', { order: 1 });
for (const { outcome, path, format } of report.written) console.log(`${outcome} ${path}, found by ${format}`);
for (const { name, reason } of report.refused) console.log(`refused ${name}: ${reason}`);
