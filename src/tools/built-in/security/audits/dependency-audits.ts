import { cargoAudit } from './cargo-audit.ts';
import type { DependencyAudit } from './dependency-audit.ts';
import { goAudit } from './go-audit.ts';
import { npmAudit } from './npm-audit.ts';
import { pyprojectAudit } from './pyproject-audit.ts';
import { requirementsAudit } from './requirements-audit.ts';

/** All kinds of projects whose dependencies are looked at. */
export const dependencyAudits: readonly DependencyAudit[] = [npmAudit, requirementsAudit, pyprojectAudit, cargoAudit, goAudit];
