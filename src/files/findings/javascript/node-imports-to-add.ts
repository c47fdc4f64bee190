/** Modules of Node that are used under their own name, and the members that are used of them. */
const modules: Readonly<Record<string, RegExp>> = {
  assert:
    /^(?:deepEqual|deepStrictEqual|doesNotThrow|equal|fail|match|notDeepStrictEqual|notEqual|notStrictEqual|ok|rejects|strictEqual|throws)$/,
  child_process: /^(?:exec|execFile|execFileSync|execSync|fork|spawn|spawnSync)$/,
  fs: /^\w+(?:Sync|Stream)$|^(?:constants|promises|access|appendFile|copyFile|mkdir|readFile|readdir|rename|rm|stat|unlink|watch|writeFile)$/,
  http: /^(?:Server|STATUS_CODES|createServer|get|request|Agent)$/,
  https: /^(?:createServer|get|request|Agent)$/,
  net: /^(?:Socket|connect|createConnection|createServer|isIP)$/,
  os: /^(?:EOL|arch|cpus|freemem|homedir|hostname|networkInterfaces|platform|release|tmpdir|totalmem|type|uptime|userInfo)$/,
  path: /^(?:basename|delimiter|dirname|extname|format|isAbsolute|join|normalize|parse|posix|relative|resolve|sep|win32)$/,
  readline: /^(?:Interface|clearLine|createInterface|cursorTo|emitKeypressEvents|promises)$/,
  util: /^(?:format|inspect|parseArgs|promisify|types|isDeepStrictEqual)$/,
  zlib: /^(?:createGunzip|createGzip|gunzip|gunzipSync|gzip|gzipSync|deflateSync|inflateSync)$/,
};

const names: Readonly<Record<string, string>> = {
  events: 'EventEmitter',
  fs: 'appendFileSync copyFileSync createReadStream createWriteStream existsSync mkdirSync readFileSync readdirSync rmSync statSync unlinkSync writeFileSync',
  os: 'homedir tmpdir',
  path: 'basename dirname extname',
  readline: 'createInterface',
  url: 'fileURLToPath pathToFileURL',
  util: 'parseArgs promisify',
};

const origins = new Map(Object.entries(names).flatMap(([module, list]) => list.split(' ').map((name) => [name, module] as const)));

export interface NodeUsage {
  attributes: ReadonlySet<string>;
  standsAlone: boolean;
  /** The names whose results are awaited. */
  awaited: ReadonlySet<string>;
}

export type NodeImport = { kind: 'module'; name: string; module: string } | { kind: 'name'; name: string; module: string };

/** The module of Node that an undefined name refers to. Undefined in doubt. */
export function nodeImportFor(name: string, { attributes, standsAlone, awaited }: NodeUsage): NodeImport | undefined {
  const pattern = Object.hasOwn(modules, name) ? modules[name] : undefined;
  if (pattern === undefined) {
    const origin = origins.get(name);
    return origin === undefined ? undefined : { kind: 'name', name, module: origin };
  }
  if (standsAlone || attributes.size === 0 || ![...attributes].every((attribute) => pattern.test(attribute))) return undefined;
  if (name !== 'fs' || awaited.size === 0) return { kind: 'module', name, module: name };
  const areAllAwaited = [...attributes].every((attribute) => awaited.has(attribute) && !/Sync$|Stream$/.test(attribute));
  return areAllAwaited ? { kind: 'module', name, module: 'fs/promises' } : undefined;
}
