import { readFileSync } from 'node:fs';
import { clock, minutesOf, parseTimetable, type Run } from './timetable.ts';

type Departure = { line: string; minutes: number };

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

function checkStop(runs: Run[], name: string): void {
  const known = runs.some((run) => run.stops.some((stop) => stop.name === name));
  if (!known) fail(`unknown stop: ${name}`);
}

/** Who leaves the stop at that time or later. At the last stop of a run everybody gets off. */
function departures(runs: Run[], name: string, from: number): Departure[] {
  const found: Departure[] = [];
  for (const run of runs) {
    for (const stop of run.stops.slice(0, -1)) {
      if (stop.name === name && stop.minutes >= from) found.push({ line: run.line, minutes: stop.minutes });
    }
  }
  return found.sort((a, b) => a.minutes - b.minutes);
}

function main(): void {
  const [file, command, name, time, ...rest] = process.argv.slice(2);
  if (file === undefined || command !== 'next' || name === undefined || time === undefined || rest.length > 0) {
    fail('usage: node main.ts FILE next STOP HH:MM');
  }
  const runs = parseTimetable(readFileSync(file, 'utf8'));
  checkStop(runs, name);
  const from = minutesOf(time);
  if (from === undefined) fail(`not a time: ${time}`);
  const [first] = departures(runs, name, from);
  console.log(first === undefined ? 'No more buses.' : `${first.line} ${clock(first.minutes)}`);
}

main();
