import type { EventData } from '../../events/run-stream-events.ts';

type Check = Pick<EventData<'check.finished'>, 'outcome' | 'output' | 'sandbox' | 'network'>;

/** What programs say where the sandbox is in their way, and what a person can do about it; the first row that fits. */
const hints: readonly { says: RegExp; network?: 'none'; hint: string }[] = [
  {
    says: /\b(?:EAI_AGAIN|ENOTFOUND|ENETUNREACH)\b|Temporary failure in name resolution|Name or service not known|nodename nor servname|Could not resolve host|Network is unreachable|Failed to resolve|dial tcp: lookup|UnknownHostException|failed to lookup address|disabled by GOPROXY=off|in offline mode|network was disabled|NewConnectionError/i,
    network: 'none',
    hint: 'A check has no network; --check-network gives it that of this machine.',
  },
  {
    says: /Read-only file system|\bEROFS\b/i,
    hint: 'In the sandbox a check writes to its own copy of the files, its home and /tmp only.',
  },
  {
    says: /No such file or directory|\bENOENT\b|command not found|: not found$|Cannot find module|ModuleNotFoundError/im,
    hint: 'In the sandbox a check sees the files of the run, the system and toolchains, nothing else of your home or the project; --sandbox off runs it as you.',
  },
];

/** Where a check in a sandbox did not pass and the sandbox may be why: one sentence. */
export function sandboxHint({ outcome, output, sandbox, network }: Check): string | undefined {
  if (outcome !== 'failed' || (sandbox !== 'bubblewrap' && sandbox !== 'sandbox-exec')) return undefined;
  return hints.find((row) => (row.network === undefined || row.network === network) && row.says.test(output))?.hint;
}
