import { readFileSync } from 'node:fs';
import { clock, minutesOf, parseTimetable, type Run } from './timetable.ts';

const USAGE = `usage: node main.ts FILE next STOP HH:MM [--count N]
       node main.ts FILE route FROM TO HH:MM`;

type Departure = { line: string; minutes: number };
type Journey = { line: string; leaves: number; arrives: number };

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

/** The direct journey that arrives first, and of those the one that leaves last. */
function bestJourney(runs: Run[], from: string, to: string, time: number): Journey | undefined {
  const found: Journey[] = [];
  for (const run of runs) {
    for (const [at, start] of run.stops.entries()) {
      if (start.name !== from || start.minutes < time) continue;
      for (const end of run.stops.slice(at + 1)) {
        if (end.name === to) found.push({ line: run.line, leaves: start.minutes, arrives: end.minutes });
      }
    }
  }
  return found.sort((a, b) => a.arrives - b.arrives || b.leaves - a.leaves)[0];
}

function timeOf(text: string): number {
  const minutes = minutesOf(text);
  return minutes === undefined ? fail(`not a time: ${text}`) : minutes;
}

function next(runs: Run[], name: string, time: string, count: number): void {
  checkStop(runs, name);
  const found = departures(runs, name, timeOf(time)).slice(0, count);
  if (found.length === 0) console.log('No more buses.');
  for (const departure of found) console.log(`${departure.line} ${clock(departure.minutes)}`);
}

function route(runs: Run[], from: string, to: string, time: string): void {
  checkStop(runs, from);
  checkStop(runs, to);
  const best = bestJourney(runs, from, to, timeOf(time));
  if (best === undefined) {
    console.log('No direct bus.');
    return;
  }
  console.log(`${best.line} ${clock(best.leaves)} -> ${clock(best.arrives)} (${best.arrives - best.leaves} min)`);
}

function countOf(options: string[]): number {
  if (options.length === 0) return 1;
  if (options.length !== 2 || options[0] !== '--count') return fail(USAGE);
  if (!/^[1-9]\d*$/.test(options[1])) fail(`bad count: ${options[1]}`);
  return Number(options[1]);
}

function main(): void {
  const [file, command, ...rest] = process.argv.slice(2);
  if (command === 'next' && rest.length >= 2) {
    const count = countOf(rest.slice(2));
    next(parseTimetable(readFileSync(file, 'utf8')), rest[0], rest[1], count);
  } else if (command === 'route' && rest.length === 3) {
    route(parseTimetable(readFileSync(file, 'utf8')), rest[0], rest[1], rest[2]);
  } else {
    fail(USAGE);
  }
}

main();
