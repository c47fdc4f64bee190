/** A folder below the home where people keep a toolchain, and the parts of it that a command may read: never the keys beside them. */
export interface Toolchain {
  /** Relative to the home. */
  folder: string;
  /** The variable that sets another place for it. */
  variable?: string;
  /** Relative to the folder; absent: all of it. */
  parts?: readonly string[];
  /** Relative to the folder: folders in it that stay invisible. */
  without?: readonly string[];
}

/** To support a toolchain in another folder below the home, add a row here. */
export const toolchains: readonly Toolchain[] = [
  // Node
  { folder: '.nvm', variable: 'NVM_DIR', parts: ['versions', 'nvm.sh', 'nvm-exec', 'alias'] },
  { folder: '.volta', variable: 'VOLTA_HOME', parts: ['bin', 'tools'] },
  { folder: '.fnm', parts: ['node-versions', 'aliases'] },
  { folder: '.local/share/fnm', variable: 'FNM_DIR', parts: ['node-versions', 'aliases'] },
  { folder: '.nodenv', variable: 'NODENV_ROOT' },
  { folder: 'n', variable: 'N_PREFIX', parts: ['bin', 'lib', 'include', 'n/versions'] },
  { folder: '.bun', variable: 'BUN_INSTALL', parts: ['bin'] },
  { folder: '.deno', variable: 'DENO_INSTALL', parts: ['bin'] },
  { folder: '.local/share/pnpm', variable: 'PNPM_HOME', parts: ['nodejs', 'global', 'pnpm'] },
  { folder: '.npm-global', parts: ['bin', 'lib'] },
  // Python
  { folder: '.pyenv', variable: 'PYENV_ROOT' },
  { folder: '.local/lib' },
  { folder: '.local/pipx/venvs' },
  { folder: '.local/share/pipx/venvs' },
  { folder: '.local/share/uv', parts: ['python', 'tools'] },
  { folder: '.local/share/pypoetry/venv' },
  { folder: '.rye', variable: 'RYE_HOME', parts: ['shims', 'py', 'self', 'tools'] },
  ...['miniconda3', 'anaconda3', 'miniforge3', 'mambaforge', '.conda'].map((folder) => ({ folder })),
  // Go; `vcs` may hold the key that a module was fetched with
  { folder: 'go', variable: 'GOPATH', parts: ['bin', 'pkg/mod'], without: ['pkg/mod/cache/vcs'] },
  { folder: 'sdk' },
  // Compiled packages; without them Go compiles its own library first, which takes a minute.
  { folder: '.cache/go-build', variable: 'GOCACHE' },
  // Rust
  { folder: '.cargo', variable: 'CARGO_HOME', parts: ['bin', 'registry', 'env'] },
  { folder: '.rustup', variable: 'RUSTUP_HOME' },
  // Java
  { folder: '.m2', parts: ['repository', 'wrapper'] },
  { folder: '.sdkman', variable: 'SDKMAN_DIR', parts: ['candidates'] },
  { folder: '.jdks' },
  { folder: '.jenv', variable: 'JENV_ROOT' },
  // .NET
  { folder: '.dotnet', variable: 'DOTNET_ROOT' },
  { folder: '.nuget/packages' },
  // Ruby
  { folder: '.rbenv', variable: 'RBENV_ROOT' },
  // several languages
  { folder: '.asdf', variable: 'ASDF_DIR', parts: ['bin', 'lib', 'libexec', 'shims', 'installs', 'plugins', 'asdf.sh'] },
  { folder: '.local/share/mise', variable: 'MISE_DATA_DIR', parts: ['shims', 'installs', 'plugins'] },
];

/** Variables that name the folder of one toolchain, wherever it is. */
export const toolchainVariables: readonly string[] = [
  'VIRTUAL_ENV',
  'CONDA_PREFIX',
  'GOROOT',
  'JAVA_HOME',
  'MAVEN_HOME',
  'M2_HOME',
  'GRADLE_HOME',
];

/** Programs that show where a toolchain is: the folder around them. */
export const toolchainPrograms: readonly string[] = [
  'node',
  'deno',
  'bun',
  'python3',
  'python',
  'pypy3',
  'uv',
  'go',
  'rustc',
  'cargo',
  'java',
  'mvn',
  'gradle',
  'kotlinc',
  'scala',
  'dotnet',
  'ruby',
  'php',
  'perl',
  'gcc',
  'clang',
  'cmake',
  'zig',
  'swift',
  'ghc',
  'elixir',
  'julia',
  'lua',
];
