/** Loaded into a process of its own before anything else (`--import`): its clock is another one, as after a restart of a machine whose clock was set. */
import process from 'node:process';

const moved = Number(process.env['CLOCK_MOVED_BY'] ?? 0);
const Real = Date;
const now = () => Real.now() + moved;

globalThis.Date = new Proxy(Real, {
  construct: (target, given: [], as) =>
    (given.length === 0 ? Reflect.construct(target, [now()], as) : Reflect.construct(target, given, as)) as object,
  get: (target, key) => (key === 'now' ? now : (Reflect.get(target, key) as unknown)),
});
