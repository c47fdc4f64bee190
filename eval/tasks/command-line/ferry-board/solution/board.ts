import { readFileSync } from 'node:fs';

interface Ferry {
  readonly time: string;
  readonly pier: string;
  readonly island: string;
}

interface Wanted {
  after: string;
  to: string | undefined;
  next: number;
}

const TIME = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;

class Refused extends Error {
  readonly code: number;

  constructor(message: string, code: number) {
    super(message);
    this.code = code;
  }
}

function wantedOf(given: readonly string[]): Wanted {
  const usage = new Refused('usage: board.ts [--after HH:MM] [--to ISLAND] [--next COUNT]', 2);
  const wanted: Wanted = { after: '00:00', to: undefined, next: Infinity };
  for (let index = 0; index < given.length; index += 2) {
    const value = given[index + 1];
    if (value === undefined) throw usage;
    switch (given[index]) {
      case '--after':
        if (!TIME.test(value)) throw usage;
        wanted.after = value;
        break;
      case '--to':
        wanted.to = value.toLowerCase();
        break;
      case '--next':
        if (!/^[0-9]+$/.test(value)) throw usage;
        wanted.next = Number(value);
        break;
      default:
        throw usage;
    }
  }
  return wanted;
}

function ferriesOf(text: string): Ferry[] {
  const ferries: Ferry[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [time = '', pier, ...island] = line.trim().split(/\s+/);
    if (!TIME.test(time) || pier === undefined || island.length === 0) throw new Refused(`line ${index + 1}: not a ferry`, 1);
    ferries.push({ time, pier, island: island.join(' ') });
  }
  return ferries;
}

try {
  const wanted = wantedOf(process.argv.slice(2));
  const left = ferriesOf(readFileSync(0, 'utf8'))
    .sort((one, other) => (one.time < other.time ? -1 : one.time > other.time ? 1 : 0))
    .filter((ferry) => ferry.time >= wanted.after && (wanted.to === undefined || ferry.island.toLowerCase() === wanted.to))
    .slice(0, wanted.next);
  for (const ferry of left) console.log(`${ferry.time}  ${ferry.pier}  ${ferry.island}`);
  if (left.length === 0) console.log('no ferries');
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(error.message);
  process.exitCode = error.code;
}
