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
  const [file, command, ...rest] = process.argv.slice(2);
  if (file === undefined || (command !== 'next' && command !== 'route')) {
    fail('usage: node main.ts FILE next STOP HH:MM');
  }
  const runs = parseTimetable(readFileSync(file, 'utf8'));
  if (command === 'next') {
    const [name, time, option, value] = rest;
    checkStop(runs, name);
    const from = minutesOf(time);
    if (from === undefined) fail(`not a time: ${time}`);
    const count = option === '--count' ? Number(value) : 1;
    const found = departures(runs, name, from).slice(0, count);
    if (found.length === 0) console.log('No more buses.');
    for (const one of found) console.log(`${one.line} ${clock(one.minutes)}`);
    return;
  }
  const [from, to, time] = rest;
  const start = minutesOf(time);
  if (start === undefined) fail(`not a time: ${time}`);
  for (const run of runs) {
    const a = run.stops.find((stop) => stop.name === from);
    const b = run.stops.find((stop) => stop.name === to);
    if (a && b && a.minutes >= start && b.minutes > a.minutes) {
      console.log(`${run.line} ${clock(a.minutes)} -> ${clock(b.minutes)} (${b.minutes - a.minutes} min)`);
      return;
    }
  }
  console.log('No direct bus.');
}

main();
