/** The person pressed Esc at a question: the one before it is asked again. */
export class WizardBack extends Error {
  constructor(cause?: unknown) {
    super('Back to the question before.', { cause });
  }
}
