import { app, dialog } from 'electron';
import { shipped } from './shipped';
import { unwanted } from './unwanted';

/*
 * Imported first, so that it runs before anything listens, loads or is decided. What Electron does before any script
 * (being Node under ELECTRON_RUN_AS_NODE, a debugger by --inspect) only the package's fuses can refuse.
 */
if (shipped) {
  const refused = unwanted({ args: process.argv.slice(1), env: process.env, platform: process.platform });
  if (refused.length > 0) {
    const words = `Patchbay does not start with: ${refused.join(', ')}. Remove it and start Patchbay again.`;
    process.stderr.write(`${words}\n`);
    // On Linux this dialog only repeats stderr.
    if (process.platform !== 'linux') dialog.showErrorBox('Patchbay', words);
    app.exit(1);
    process.exit(1);
  }
}
