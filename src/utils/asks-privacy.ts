/** Whether a definition of a workflow, or a part of one, says `private: true` anywhere: steps have steps within them. */
export function asksPrivacy(definition: unknown): boolean {
  if (Array.isArray(definition)) return definition.some(asksPrivacy);
  if (typeof definition !== 'object' || definition === null) return false;
  return Object.entries(definition).some(([key, inner]) => (key === 'private' && inner === true) || asksPrivacy(inner));
}
