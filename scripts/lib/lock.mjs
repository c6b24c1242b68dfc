import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOCK_WITHOUT_OWNER_MS = 10_000;

/**
 * Runs `work` in one process at a time; others wait. The lock of a dead process is taken over.
 * @template T
 * @param {string} lockDir a directory that exists only while the lock is held
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(lockDir, work) {
  await mkdir(path.dirname(lockDir), { recursive: true });
  for (;;) {
    try {
      await mkdir(lockDir);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (await isAbandoned(lockDir)) await rm(lockDir, { recursive: true, force: true });
      else await sleep(250);
    }
  }
  try {
    await writeFile(path.join(lockDir, 'pid'), String(process.pid));
    return await work();
  } finally {
    await rm(lockDir, { recursive: true, force: true });
  }
}

async function isAbandoned(lockDir) {
  try {
    const pid = Number(await readFile(path.join(lockDir, 'pid'), 'utf8'));
    if (pid > 0) {
      try {
        process.kill(pid, 0);
        return false;
      } catch (error) {
        return error.code === 'ESRCH';
      }
    }
  } catch {
    // Between mkdir and writing the pid there is none: the age decides.
  }
  const age = await stat(lockDir).then(
    (found) => Date.now() - found.mtimeMs,
    () => 0,
  );
  return age > LOCK_WITHOUT_OWNER_MS;
}
