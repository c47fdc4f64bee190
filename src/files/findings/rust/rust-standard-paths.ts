const modules: Readonly<Record<string, string>> = {
  cmp: 'std::cmp',
  collections: 'std::collections',
  env: 'std::env',
  fmt: 'std::fmt',
  fs: 'std::fs',
  io: 'std::io',
  iter: 'std::iter',
  mem: 'std::mem',
  mpsc: 'std::sync::mpsc',
  process: 'std::process',
  thread: 'std::thread',
};

const names: Readonly<Record<string, string>> = {
  'std::cell': 'Cell RefCell',
  'std::cmp': 'Reverse',
  'std::collections': 'BTreeMap BTreeSet BinaryHeap HashMap HashSet VecDeque',
  'std::fs': 'File OpenOptions',
  'std::io': 'BufRead BufReader BufWriter',
  'std::net': 'TcpListener TcpStream',
  'std::path': 'Path PathBuf',
  'std::rc': 'Rc',
  'std::str': 'FromStr',
  'std::sync': 'Arc Mutex RwLock',
  'std::sync::atomic': 'AtomicBool AtomicI64 AtomicU64 AtomicUsize',
  'std::time': 'Duration Instant SystemTime',
};

const byName = new Map(Object.entries(names).flatMap(([path, list]) => list.split(' ').map((name) => [name, `${path}::${name}`] as const)));

/** The path in the standard library that a name refers to: a module if one of its items is used, else a type. */
export function rustPathFor(name: string, use: 'module' | 'type'): string | undefined {
  if (use === 'module' && Object.hasOwn(modules, name)) return modules[name];
  return byName.get(name);
}
