import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { type Language, say } from '../../shared/words';
import { privateFile, privateFolder } from '../storage/private';

/** Returns whether the profile is writable; otherwise it cannot be locked, and the program cannot start. */
export function canWrite(profile: string): boolean {
  const probe = join(profile, `.probe-${process.pid}`);
  try {
    mkdirSync(profile, { recursive: true, mode: privateFolder });
    closeSync(openSync(probe, 'wx', privateFile));
    rmSync(probe, { force: true });
    return true;
  } catch {
    return false;
  }
}

/** Reports on stderr and in a dialog why the program does not start, releases the profile, and exits. */
export async function sayNoStart(why: 'profile' | 'unexpected'): Promise<void> {
  app.releaseSingleInstanceLock();
  const profile = app.getPath('userData');
  const title = (language: Language): string => say(language, 'system:noStart.title');
  const detail = (language: Language): string => say(language, `system:noStart.${why}`);
  process.stderr.write(`${title('en')}. ${detail('en')} ${profile}\n`);
  await app.whenReady();
  const language = app.getLocale().startsWith('fa') ? 'fa' : 'en';
  await dialog.showMessageBox({
    type: 'error',
    title: 'Patchbay',
    message: title(language),
    detail: `${detail(language)}\n${profile}`,
  });
  app.exit(1);
}
