/** Whether a text is the id of a task, which leads nowhere else when it stands in an address: a server says it, and the journal of a run, which may have come from elsewhere. */
export function isTaskId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/.test(text);
}
