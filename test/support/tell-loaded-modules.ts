/** For `node --import`: tells at the end, on standard error, which modules a program has loaded. */
import { registerHooks } from 'node:module';
import process from 'node:process';

const loaded: string[] = [];
registerHooks({
  load(address, context, next) {
    loaded.push(address);
    return next(address, context);
  },
});
process.on('exit', () => process.stderr.write(`\nloaded: ${JSON.stringify(loaded)}\n`));
