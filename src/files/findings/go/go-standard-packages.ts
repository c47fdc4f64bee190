/** Standard packages whose name is unambiguous. */
const unambiguous = `archive/tar archive/zip bufio bytes cmp compress/gzip compress/zlib container/heap container/list container/ring context crypto/aes
  crypto/cipher crypto/ecdsa crypto/ed25519 crypto/hmac crypto/md5 crypto/rsa crypto/sha1 crypto/sha256 crypto/sha512 crypto/subtle crypto/tls crypto/x509
  database/sql embed encoding/base32 encoding/base64 encoding/binary encoding/csv encoding/gob encoding/hex encoding/json encoding/xml errors expvar flag
  fmt go/ast go/format go/parser go/token hash hash/crc32 hash/fnv html image image/color image/gif image/jpeg image/png io io/fs io/ioutil iter log
  log/slog maps math math/big math/bits math/cmplx mime mime/multipart net net/http net/http/httptest net/http/httputil net/mail net/netip net/smtp
  net/url os os/exec os/signal os/user path path/filepath reflect regexp runtime runtime/debug slices sort strconv strings sync sync/atomic syscall
  testing testing/quick text/tabwriter time unicode unicode/utf16 unicode/utf8 unsafe`;

const ambiguous = `crypto/rand math/rand math/rand/v2 html/template text/template text/scanner go/scanner runtime/pprof net/http/pprof runtime/trace`;

const list = (text: string): string[] => text.trim().split(/\s+/);

export const goStandardPackages: ReadonlySet<string> = new Set([...list(unambiguous), ...list(ambiguous)]);

const byName = new Map(list(unambiguous).map((path) => [nameOfPackage(path), path]));

/** The name of a package in a file that imports it by its path. */
export function nameOfPackage(path: string): string {
  const parts = path.split('/');
  const last = parts.at(-1) ?? '';
  return /^v\d+$/.test(last) ? (parts.at(-2) ?? '') : last;
}

/** The path of the standard package that `name.member…` refers to. Undefined in doubt. */
export function goPackageFor(name: string, members: ReadonlySet<string>): string | undefined {
  if ([...members].some((member) => !/^[A-Z]/.test(member))) return undefined;
  if (name !== 'rand') return byName.get(name);
  const isEvery = (pattern: RegExp): boolean => [...members].every((member) => pattern.test(member));
  if (
    isEvery(/^(?:Intn|Int|Int31|Int31n|Int63|Int63n|Float32|Float64|Perm|Shuffle|Seed|New|NewSource|Rand|Source|ExpFloat64|NormFloat64)$/)
  )
    return 'math/rand';
  return isEvery(/^(?:Read|Reader|Prime|Text)$/) ? 'crypto/rand' : undefined;
}
