import { describe, expect, it } from 'vitest';
import { builtInRoles, RoleCatalogue } from '../../src/agents/role-catalogue.ts';
import { teamInstructions } from '../../src/agents/team-instructions.ts';
import { botserverAgents } from '../../src/llm/providers/botserver/botserver-agents.ts';
import { builtInTools } from '../../src/tools/built-in/built-in-tools.ts';
import { ToolRegistry } from '../../src/tools/tool-registry.ts';
import { stepTools } from '../../src/workflows/workflow-schema.ts';
import { folderOf } from '../support/folder-of.ts';

describe('specialists', () => {
  const specialists = builtInRoles().roles.filter(({ specialist }) => specialist);

  it('are the twelve agents, behind the team, each with few tools that steps may call', () => {
    expect(specialists.map(({ id }) => id)).toEqual([...botserverAgents]);
    expect(builtInRoles().roles.slice(5)).toEqual(specialists);
    for (const { tools } of specialists) {
      expect(tools.length).toBeGreaterThan(0);
      expect(tools.length).toBeLessThan(6);
      expect(stepTools).toEqual(expect.arrayContaining([...tools]));
    }
  });

  it('are described for native calls in few words', () => {
    for (const { tools } of specialists) {
      const registry = new ToolRegistry(builtInTools.filter(({ name }) => tools.includes(name)));
      expect(JSON.stringify(registry.describe()).length).toBeLessThan(3000);
    }
  });

  it('may be of the person, who says which tools they have; a role that takes the place of one has the same', () => {
    const workspace = folderOf({
      '.multiagent/agents/oracle.md': '---\ntitle: Oracle\nspecialist: true\ntools: [search_files, db_query]\n---\n\nYou know.\n',
      '.multiagent/agents/security.md': '---\nmodel: strong\n---\n',
      '.multiagent/agents/docs.md': '---\nspecialist: false\ntools: []\n---\n',
    });
    const roles = new RoleCatalogue({ workspace });
    expect(roles.toolsOf('oracle')).toEqual(['search_files', 'db_query']);
    expect(roles.find('security')).toMatchObject({ specialist: true, tools: builtInRoles().find('security')?.tools });
    expect(roles.find('docs')).toMatchObject({ specialist: false, tools: [] });
    const preamble = teamInstructions(roles).preamble('full');
    expect(preamble).toContain('a Technical Writer and a Documentation Engineer.');
    expect(preamble).not.toMatch(/Oracle|Security/);
    expect(roles.toolsOf('nobody')).toEqual([]);
  });

  it.each([['tools: read_file'], ['tools: [Read-File]'], ['tools: ["a b"]'], ['specialist: perhaps']])('are refused with %s', (line) => {
    const workspace = folderOf({ '.multiagent/agents/oracle.md': `---\ntitle: Oracle\n${line}\n---\n\nYou know.\n` });
    const roles = new RoleCatalogue({ workspace });
    expect(() => roles.find('oracle')).toThrow(/oracle\.md/);
    expect(roles.toolsOf('oracle')).toEqual([]);
  });
});
