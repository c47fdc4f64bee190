/** Modules whose names nobody uses for a variable. */
const plain: ReadonlySet<string> = new Set(
  `abc argparse ast asyncio base64 binascii bisect collections configparser contextlib csv dataclasses decimal difflib fractions functools getpass glob gzip
  hashlib heapq hmac html importlib inspect io itertools json logging math mimetypes multiprocessing operator os pathlib pickle platform pprint random re
  secrets shelve shlex shutil signal socket sqlite3 statistics struct subprocess sys tempfile textwrap threading timeit traceback types typing unicodedata
  unittest urllib uuid warnings weakref zipfile zlib`
    .trim()
    .split(/\s+/),
);

/** Modules whose names a variable may have, with the attributes that identify them. */
const telling: Readonly<Record<string, RegExp>> = {
  calendar: /^(?:monthrange|month_name|day_name|isleap|monthcalendar|month_abbr|day_abbr)$/,
  copy: /^(?:copy|deepcopy)$/,
  enum: /^(?:Enum|IntEnum|Flag|auto|unique)$/,
  queue: /^(?:Queue|PriorityQueue|LifoQueue|Empty|Full|SimpleQueue)$/,
  string: /^(?:ascii_letters|ascii_lowercase|ascii_uppercase|digits|punctuation|whitespace|printable|hexdigits|Template|capwords)$/,
  time: /^(?:time|sleep|perf_counter|monotonic|strftime|strptime|localtime|gmtime|time_ns|process_time|ctime|mktime)$/,
};

const fromModules: Readonly<Record<string, string>> = {
  abc: 'ABC ABCMeta abstractmethod',
  argparse: 'ArgumentParser',
  collections: 'ChainMap Counter OrderedDict defaultdict deque namedtuple',
  'concurrent.futures': 'ProcessPoolExecutor ThreadPoolExecutor as_completed',
  contextlib: 'contextmanager redirect_stdout suppress',
  copy: 'deepcopy',
  dataclasses: 'asdict dataclass',
  datetime: 'timedelta timezone',
  decimal: 'Decimal InvalidOperation ROUND_DOWN ROUND_HALF_EVEN ROUND_HALF_UP',
  enum: 'Enum IntEnum IntFlag StrEnum',
  fractions: 'Fraction',
  functools: 'cached_property lru_cache reduce singledispatch total_ordering wraps',
  'http.server': 'BaseHTTPRequestHandler HTTPServer SimpleHTTPRequestHandler ThreadingHTTPServer',
  io: 'BytesIO StringIO',
  itertools: 'combinations permutations zip_longest',
  json: 'JSONDecodeError',
  operator: 'attrgetter itemgetter',
  pathlib: 'Path PurePath PurePosixPath',
  threading: 'Thread',
  typing: `Any Callable ClassVar DefaultDict Deque Dict Final FrozenSet Generator Generic Iterable Iterator List Literal Mapping MutableMapping NamedTuple
    NoReturn Optional Protocol Sequence Set Tuple Type TypedDict TypeVar Union`,
  unittest: 'TestCase',
  'unittest.mock': 'MagicMock Mock mock_open',
  'urllib.parse': 'parse_qs parse_qsl unquote urlencode urljoin urlparse urlsplit',
  'urllib.request': 'urlopen',
  uuid: 'uuid4',
};

const origins = new Map(
  Object.entries(fromModules).flatMap(([module, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, module] as const),
  ),
);

/** How a name is used throughout a file. */
export interface PythonUsage {
  /** The attributes that are used: `name.attribute`. */
  attributes: ReadonlySet<string>;
  /** It is also used without an attribute. */
  standsAlone: boolean;
}

/** The import that an undefined name needs. Undefined if more than one could be meant, or none. */
export function pythonImportFor(name: string, { attributes, standsAlone }: PythonUsage): string | undefined {
  const asModule = attributes.size > 0 && !standsAlone;
  const isEvery = (pattern: RegExp): boolean => asModule && [...attributes].every((attribute) => pattern.test(attribute));
  if (name === 'datetime') {
    if (isEvery(/^(?:datetime|date|timedelta|timezone|tzinfo|UTC|MINYEAR|MAXYEAR)$/)) return 'import datetime';
    if (isEvery(/^(?:now|utcnow|today|strptime|fromisoformat|fromtimestamp|utcfromtimestamp|combine|fromordinal)$/))
      return 'from datetime import datetime';
    return undefined;
  }
  if (name === 'date') return isEvery(/^(?:today|fromisoformat|fromordinal|fromtimestamp)$/) ? 'from datetime import date' : undefined;
  if (plain.has(name)) return asModule ? `import ${name}` : undefined;
  const pattern = Object.hasOwn(telling, name) ? telling[name] : undefined;
  if (pattern !== undefined) return isEvery(pattern) ? `import ${name}` : undefined;
  const origin = origins.get(name);
  return origin === undefined ? undefined : `from ${origin} import ${name}`;
}
