/** Whether a message asks something and asks for nothing to be done: it ends with a question mark. */
export function isQuestion(message: string): boolean {
  return message.trimEnd().endsWith('?');
}
