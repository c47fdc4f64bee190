/**
 * What a command sees of a Linux system, all of it read-only: programs and libraries, and from `/etc` only what programs need to find them, because it also
 * holds keys and tokens (`/etc/npmrc`, `/etc/environment`, files for root). Nothing from `/run` and `/var`, where services listen.
 */
export const systemFolders: readonly string[] = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/var/lib/gems',
  '/nix/store',
  '/gnu/store',
  '/run/current-system',
  '/home/linuxbrew/.linuxbrew',
];

export const systemSettings: readonly string[] = [
  'alternatives',
  'bash.bashrc',
  'ca-certificates.conf',
  'crypto-policies',
  'debian_version',
  'dotnet',
  'fonts',
  'gai.conf',
  'group',
  'host.conf',
  'hosts',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'locale.alias',
  'locale.conf',
  'localtime',
  'magic',
  'mime.types',
  'netconfig',
  'nsswitch.conf',
  'os-release',
  'passwd',
  'perl',
  'php',
  'profiles/per-user',
  'protocols',
  'python3',
  'services',
  'static',
  'terminfo',
  'timezone',
  // Public certificates, not the keys beside them.
  'pki/ca-trust',
  'pki/java',
  'pki/tls/cert.pem',
  'pki/tls/certs',
  'ssl/cert.pem',
  'ssl/certs',
  'ssl/openssl.cnf',
  // Maven's, without its settings, which hold passwords.
  'maven/logging',
  'maven/m2.conf',
  'maven/toolchains.xml',
].map((name) => `/etc/${name}`);

/** Names in `/etc` that contain a version. */
export const versionedSettings = /^(?:java|python|php|ruby|llvm|gcc)[-\d.a-z]*$/;

/** Files in the folders above that may hold a key. */
export const systemSecrets: readonly string[] = ['/usr/etc/npmrc', '/usr/local/etc/npmrc', '/usr/local/etc/pip.conf'];
