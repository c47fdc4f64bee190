import * as fs from 'node:fs';

interface Ferry {
  time: string;
  pier: string;
  island: string;
}

const args = process.argv.slice(2);
let after: string | null = null;
let to: string | null = null;
let next: number | null = null;

for (let i = 0; i < args.length; i++) {
  if (args[i] === '--after') {
    after = args[++i];
  } else if (args[i] === '--to') {
    to = args[++i].toLowerCase();
  } else if (args[i] === '--next') {
    next = parseInt(args[++i], 10);
  } else {
    console.error('usage: board.ts [--after HH:MM] [--to ISLAND] [--next COUNT]');
    process.exit(2);
  }
}

const input = fs.readFileSync(0, 'utf-8');
const lines = input.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
const ferries: Ferry[] = [];

lines.forEach((line, index) => {
  const match = line.match(/^(\d{2}:\d{2}) (\S+) (.+)$/);
  if (!match) {
    console.error(`line ${index + 1}: not a ferry`);
    process.exit(1);
  }
  ferries.push({ time: match[1], pier: match[2], island: match[3] });
});

let result = ferries.sort((a, b) => a.time.localeCompare(b.time));
if (next !== null) {
  result = result.slice(0, next);
}
if (after !== null) {
  result = result.filter((f) => f.time > after!);
}
if (to !== null) {
  result = result.filter((f) => f.island.toLowerCase() === to);
}

if (result.length === 0) {
  console.log('no ferries');
} else {
  result.forEach((f) => console.log(`${f.time}  ${f.pier}  ${f.island}`));
}
