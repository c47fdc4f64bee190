import { describe, expect, it } from 'vitest';
import { isCredentialName, isSecretFileName } from '../../src/utils/credential-names.ts';

describe('names of files that hold keys', () => {
  it.each([
    '.env',
    '.env.production',
    '.ENV',
    'prod.env',
    '.envrc',
    '.npmrc',
    '.netrc',
    '_netrc',
    '.pypirc',
    '.git-credentials',
    'id_rsa',
    'id_ed25519',
    'server.pem',
    'private.key',
    'store.jks',
    'store.keystore',
    'login.p12',
    'credentials',
    'credentials.json',
    'secrets.yaml',
    'secret.json',
    'terraform.tfvars',
    'prod.tfstate',
    '.htpasswd',
    '.pgpass',
    'service-account.json',
    'service_account_prod.json',
    'shop-service-account.json',
    'client_secret_123.apps.json',
    'kubeconfig',
  ])('in a project: %s', (name) => {
    expect(isSecretFileName(name)).toBe(true);
  });

  it.each([
    '.env.example',
    '.env.sample',
    '.env.template',
    'example.env',
    'credentials.ts',
    'credentials.py',
    'secrets.go',
    'secret_test.rb',
    'id_rsa.pub',
    'id_generator.py',
    'cacert.pem',
    'settings.xml',
    'keyboard.ts',
    'monkey.py',
    'environment.ts',
    'service-account.schema.json',
    'README.md',
  ])('in a project not: %s', (name) => {
    expect(isSecretFileName(name)).toBe(false);
  });

  it.each(['.ssh', '.aws', 'settings.xml', 'credentials.toml', 'id_work', '.npmrc', '.env', 'key.pem'])('in a home: %s', (name) => {
    expect(isCredentialName(name)).toBe(true);
  });
});
