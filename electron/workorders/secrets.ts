import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { canonicalJson } from '../../shared/catalog/compare';
import { fail } from '../../shared/model/problem';
import {
  type Kdf,
  type SealedContent,
  scryptCost,
  sealedContentSchema,
  shortestPassphrase,
  type WorkOrderFile,
} from '../../shared/transfer';

// Above the 256 MB that the file's schema lets a file ask for.
const mostMemory = 288 * 1024 * 1024;

/** @throws ProblemError `passphrase-short` */
export function checkPassphrase(passphrase: string): void {
  if ([...passphrase].length < shortestPassphrase) fail('passphrase-short', { least: shortestPassphrase });
}

/** The file with its secrets sealed under a passphrase, so that neither can be altered without the other. */
export async function sealSecrets(
  file: WorkOrderFile,
  content: SealedContent,
  passphrase: string,
): Promise<WorkOrderFile> {
  checkPassphrase(passphrase);
  const kdf: Kdf = { name: 'scrypt', ...scryptCost, salt: randomBytes(16).toString('base64') };
  const iv = randomBytes(12);
  const key = await keyOf(passphrase, kdf);
  const open: WorkOrderFile = {
    ...file,
    secrets: { kdf, cipher: 'aes-256-gcm', iv: iv.toString('base64'), sealed: '' },
  };
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(boundTo(open));
  const sealed = Buffer.concat([
    cipher.update(JSON.stringify(content), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return { ...open, secrets: open.secrets && { ...open.secrets, sealed: sealed.toString('base64') } };
}

/**
 * The secrets of a file.
 * @throws ProblemError `passphrase-wrong` where it does not open or anything of the file was altered, `file-invalid`
 * where what it holds is not what the file says that it holds
 */
export async function openSecrets(file: WorkOrderFile, passphrase: string): Promise<SealedContent> {
  const { secrets } = file;
  if (!secrets) return [];
  const key = await keyOf(passphrase, secrets.kdf);
  const text = decrypt(key, file, Buffer.from(secrets.iv, 'base64'), Buffer.from(secrets.sealed, 'base64'));
  const parsed = sealedContentSchema.safeParse(jsonOf(text));
  if (!parsed.success || !isAsListed(file, parsed.data))
    fail('file-invalid', { where: 'secrets', reason: 'wrong-value' });
  return parsed.data;
}

function decrypt(key: Buffer, file: WorkOrderFile, iv: Buffer, bytes: Buffer): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
    decipher.setAAD(boundTo(file));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
  } catch {
    return fail('passphrase-wrong');
  }
}

/** Everything in the file but the sealed text itself, in one form whatever the order of its keys. */
function boundTo(file: WorkOrderFile): Buffer {
  const { sealed: _sealed, ...secrets } = file.secrets ?? { sealed: '' };
  return Buffer.from(canonicalJson(JSON.stringify({ ...file, secrets })), 'utf8');
}

function keyOf(passphrase: string, { N, r, p, salt }: Kdf): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Composed the same way on every system: a letter with an accent can be typed as one character or as two.
    const text = Buffer.from(passphrase.normalize('NFC'), 'utf8');
    scrypt(text, Buffer.from(salt, 'base64'), 32, { N, r, p, maxmem: mostMemory }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** Whether the sealed part holds exactly the fields that the changes say are in it. */
function isAsListed(file: WorkOrderFile, content: SealedContent): boolean {
  const held = new Map(content.map(({ change, fields }) => [change, fields.map((edit) => edit.field)]));
  if (held.size !== content.length || content.some(({ change }) => change >= file.changes.length))
    return false;
  return file.changes.every(({ sealed }, index) => {
    const fields = held.get(index) ?? [];
    return JSON.stringify([...fields].sort()) === JSON.stringify([...sealed].sort());
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
