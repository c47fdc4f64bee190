const packages: Readonly<Record<string, string>> = {
  'java.io': `BufferedReader BufferedWriter ByteArrayInputStream ByteArrayOutputStream File FileInputStream FileNotFoundException FileOutputStream FileReader
    FileWriter IOException InputStream InputStreamReader OutputStream OutputStreamWriter PrintStream PrintWriter Serializable StringReader StringWriter
    UncheckedIOException`,
  'java.math': 'BigDecimal BigInteger MathContext RoundingMode',
  'java.nio.charset': 'StandardCharsets',
  'java.nio.file': 'Files InvalidPathException NoSuchFileException Path Paths StandardCopyOption StandardOpenOption',
  'java.time': 'Duration Instant LocalDate LocalDateTime LocalTime ZoneId ZonedDateTime',
  'java.time.format': 'DateTimeFormatter DateTimeParseException',
  'java.util': `ArrayDeque ArrayList Arrays BitSet Collection Collections Comparator Deque EnumMap HashMap HashSet Iterator LinkedHashMap LinkedHashSet
    LinkedList List ListIterator Map NoSuchElementException Objects Optional OptionalDouble OptionalInt PriorityQueue Properties Queue Random Scanner Set
    SortedMap Stack StringJoiner StringTokenizer TreeMap TreeSet UUID Vector`,
  'java.util.concurrent': `CompletableFuture ConcurrentHashMap CopyOnWriteArrayList CountDownLatch ExecutionException ExecutorService Executors Future TimeUnit`,
  'java.util.concurrent.atomic': 'AtomicBoolean AtomicInteger AtomicLong AtomicReference',
  'java.util.function': 'BiConsumer BiFunction BinaryOperator Consumer Function IntFunction Predicate Supplier ToIntFunction UnaryOperator',
  'java.util.regex': 'Matcher Pattern',
  'java.util.stream': 'Collectors IntStream Stream',
};

const byName = new Map(
  Object.entries(packages).flatMap(([name, types]) =>
    types
      .trim()
      .split(/\s+/)
      .map((type) => [type, name] as const),
  ),
);

/** The package to import for a standard type. Undefined if more than one could be meant. */
export function javaPackageOf(type: string): string | undefined {
  return byName.get(type);
}
