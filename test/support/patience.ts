/**
 * How long tests wait, in milliseconds, for what another process does: a busy machine gets around to it in the end. Nothing passes sooner or later because of
 * it, and whoever waits in vain is told so by the test's own limit at the latest.
 */
export const patience = 300_000;
