import { homedir } from 'node:os';
import { remoteOf } from '../../config/remote-consent.ts';
import { secretsOf } from '../../config/redact-settings.ts';
import type { Settings } from '../../config/settings-schema.ts';
import { keepingHere } from '../../llm/destinations/request-watch.ts';
import { McpServers } from '../../tools/mcp/mcp-servers.ts';
import { isHere, toolsOfServers } from '../../tools/mcp/tools-of-servers.ts';
import type { Tool } from '../../tools/tool.ts';
import type { WorkflowStep } from '../../workflows/workflow-schema.ts';
import type { OtherTools } from '../other-tools.ts';
import { requireReading } from './require-reading.ts';
import { otherToolsOf } from './tools-of-step.ts';

/** The tools of the MCP servers in the settings, for one run. The servers end with it. */
export class ServerTools implements OtherTools, AsyncDisposable {
  readonly #settings: Settings;
  readonly #servers: McpServers;

  /** @param environment All variables of the person. */
  constructor(settings: Settings, environment: Readonly<Record<string, string | undefined>>) {
    this.#settings = settings;
    const surroundings = { environment, secrets: secretsOf(settings), folder: homedir(), remote: remoteOf(settings) };
    this.#servers = new McpServers(settings.mcp.servers, surroundings);
  }

  named(names: readonly string[], signal: AbortSignal): Promise<readonly Tool[]> {
    return toolsOfServers(this.#servers, names, signal);
  }

  /**
   * Before a run begins: what its steps name is there, and may be called. A server on another machine is asked only within the run, which records that.
   * @throws as `named`; MultiagentError `tool.not_allowed`.
   */
  async require(steps: readonly WorkflowStep[], signal: AbortSignal): Promise<void> {
    const { private: isPrivate, mcp } = this.#settings;
    const names = otherToolsOf(steps).filter((name) => {
      const server = this.#servers.serverOf(name);
      return server === undefined || isHere(mcp.servers[server] ?? {});
    });
    if (names.length === 0) return;
    const ask = () => this.named(names, signal);
    requireReading(await (isPrivate ? keepingHere('The run', ask) : ask()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#servers.close();
  }
}
