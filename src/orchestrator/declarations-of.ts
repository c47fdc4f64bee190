import type { BaseAgent } from '../agents/base-agent.ts';
import type { RoleCatalogue } from '../agents/role-catalogue.ts';
import type { RoleDeclaration } from '../config/role-settings.ts';

/** The roles that settings may name: those of the catalogue, and those that a program's own agents play, which can be given a model and how it is sampled. */
export function declarationsOf(roles: RoleCatalogue, own: readonly BaseAgent[]): RoleDeclaration[] {
  const { declarations } = roles;
  const others = own.filter(({ role }) => !declarations.some(({ name }) => name === role));
  return [...declarations, ...others.map(({ role, title }) => ({ name: role, title, settings: {}, isBuiltIn: false }))];
}
