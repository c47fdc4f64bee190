import { z } from 'zod';
import { choice, text, textList, variableName } from './setting-types.ts';

/** Begins the names of the server's tools, as models call them. */
const serverName = /^[a-z][a-z0-9_]{0,30}$/;
const nameExpected = 'a name of lower case letters, digits and _, at most 31';

const risk = () => choice(['read', 'write', 'execute', 'network']);

const expected = 'a server with its command or its url ({ command: npx, args: [-y, some-server] })';

const mcpServerSchema = z
  .strictObject(
    {
      command: text().optional().meta({ description: 'The program that is the server, started in your home folder.' }),
      args: textList().optional().meta({ description: 'Its arguments.' }),
      env: z
        .array(variableName(), { error: 'a list of names of variables' })
        .optional()
        .meta({ description: 'Variables of your environment that it gets although they look like secrets.' }),
      url: text()
        .refine((address) => /^https?:$/.test(URL.parse(address)?.protocol ?? ''), {
          error: 'an address that begins with http:// or https://',
        })
        .optional()
        .meta({ description: 'The address of a server that is running (streamable HTTP), on this machine or at an allowed host.' }),
      token_env: variableName().optional().meta({ description: 'The variable of your environment with the token that url is sent.' }),
      risk: risk().optional().meta({
        description: 'What its tools can do: read, write, execute or network; absent: network. What the server itself says does not count.',
      }),
      risks: z
        .record(text(), risk(), { error: 'tools with what each can do (write_query: write)' })
        .optional()
        .meta({ description: 'The same for single tools, by the names that the server gives them; it wins over risk.' }),
    },
    { error: expected },
  )
  .refine(({ command, url }) => (command === undefined) !== (url === undefined), { error: expected })
  .refine(({ command, args, env }) => command !== undefined || (args === undefined && env === undefined), {
    error: 'command beside args or env, which belong to a program',
  })
  .refine(({ url, token_env: token }) => url !== undefined || token === undefined, {
    error: 'url beside token_env, which belongs to an address',
  });

export const mcpSchema = z.strictObject(
  {
    servers: z
      .record(z.string().regex(serverName, { error: nameExpected }), mcpServerSchema)
      // Whose tool a name means is to be clear.
      .refine((servers) => Object.keys(servers).every((name, _, all) => !all.some((other) => other.startsWith(`${name}_`))), {
        error: 'names of which none begins with another one and _',
      })
      .default({}),
  },
  { error: 'MCP servers by name ({ servers: { docs: { command: npx, args: [-y, some-server] } } })' },
);
