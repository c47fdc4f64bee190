/** Names of files that hold keys, wherever they are. */
const keyFiles =
  /^(?:\.?npmrc|\.?pypirc|\.?netrc|_netrc|\.yarnrc(?:\.yml)?|\.git-credentials|\.gitconfig|\.condarc|\.env(?:\..{1,40})?|.{1,80}\.(?:pem|key|p12|pfx|jks))$/i;
/** Names like these that are known to be harmless. */
const harmless = /^(?:\.env\.(?:example|sample|template|dist)|cacert\.pem|cert\.pem)$/i;

/** Further names, of files and folders, that hold keys in a home or in a toolchain. In a project they may be code. */
const inHomes =
  /^(?:credentials(?:\.[a-z]{1,10})?|settings(?:-security)?\.xml|nuget\.config|pip\.(?:conf|ini)|id_[a-z\d_]{1,20}|\.ssh|\.gnupg|\.aws|\.docker|\.kube|\.config|\.git)$/i;

/** Further names of files that hold keys in a project. A file of code whose name begins with `credentials` is none. */
const inProjects =
  /^(?:credentials(?:\.(?:json|ya?ml|toml|xml|ini|cfg|conf|csv|txt|properties|enc|db))?|secrets?\.(?:json|ya?ml|toml|ini|env|txt|properties)|id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|\.envrc|[\w-]{1,40}\.env|.{1,80}\.(?:ppk|keystore|kdbx|tfstate|ovpn|asc\.key)|terraform\.tfvars|\.(?:htpasswd|pgpass|my\.cnf|dockercfg|s3cfg|boto|vault-token|terraformrc)|kubeconfig|settings-security\.xml|(?:client[_-]secret|service[_-]?account|gcp-key)[\w.-]{0,80}\.json|[\w.-]{1,80}[_-]service[_-]?account\.json)$/i;
/** Names like these that are known to be harmless, in a project. */
const harmlessInProjects =
  /^(?:example|sample|template)\.env$|^service[_-]?account[\w.-]{0,80}\.(?:schema|example|sample|template)\.json$/i;

/** Whether a file or folder of this name holds keys, in a home or a toolchain. */
export function isCredentialName(name: string): boolean {
  return (keyFiles.test(name) || inHomes.test(name)) && !harmless.test(name);
}

/** Whether a file of this name in a project looks like one that holds keys or passwords. */
export function isSecretFileName(name: string): boolean {
  return (keyFiles.test(name) || inProjects.test(name)) && !harmless.test(name) && !harmlessInProjects.test(name);
}
