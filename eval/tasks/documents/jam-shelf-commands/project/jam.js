#!/usr/bin/env node
import { commands, otherNames } from './lib/commands.js';
import { DamagedShelf } from './lib/shelf.js';
import { WrongUse } from './lib/words.js';

// Commands: put, list, eat, export
const [given, ...rest] = process.argv.slice(2);
const command = commands[otherNames[given] ?? given];

try {
  if (command === undefined) throw new WrongUse(`no such command: ${given ?? ''}`);
  process.exitCode = command(rest);
} catch (error) {
  console.error(`jam: ${error.message}`);
  if (error instanceof WrongUse) process.exitCode = 64;
  else if (error instanceof DamagedShelf) process.exitCode = 65;
  else throw error;
}
