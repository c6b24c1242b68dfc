// Replaces Electron's default app in the registry build, which holds another program there. Like the default app it
// runs the directory (or file) named on the command line, and honours -r.
const { app, dialog } = require('electron');
const fs = require('node:fs');
const path = require('node:path');

function parse(argv) {
  const modules = [];
  let target;
  for (let i = 0; i < argv.length; i += 1) {
    const arg = argv[i];
    if (arg === '-r' || arg === '--require') {
      i += 1;
      modules.push(argv[i]);
    } else if (!arg.startsWith('-') && target === undefined && isProgram(arg)) {
      target = path.resolve(arg);
    }
  }
  return { modules, target };
}

// Chromium's switches come before and after the directory; a value given with a space must not be taken for it.
function isProgram(arg) {
  return fs.existsSync(path.join(arg, 'package.json')) || (/\.[cm]?js$/.test(arg) && fs.existsSync(arg));
}

function load(target) {
  // The program shows in its status bar that it does not run on what ships.
  process.env.PATCHBAY_TEST_RUNTIME = '1';
  Object.defineProperty(process, 'defaultApp', { value: true, configurable: false });
  if (fs.statSync(target).isFile()) {
    app.setAppPath(path.dirname(target));
    return require(target);
  }
  const about = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'));
  app.setName(about.productName || about.name);
  if (about.version) app.setVersion(about.version);
  if (about.desktopName) app.setDesktopName(about.desktopName);
  app.setAppPath(target);
  const main = path.join(target, about.main || 'index.js');
  return about.type === 'module' || main.endsWith('.mjs') ? import(main) : require(main);
}

async function start() {
  const { modules, target } = parse(process.argv.slice(1));
  for (const name of modules) require(path.resolve(name));
  if (!target) throw new Error('usage: electron [switches] <directory with a package.json>');
  await load(target);
}

start().catch((error) => {
  console.error(error);
  if (process.env.PATCHBAY_SHOW_ERRORS) dialog.showErrorBox('The program could not start', String(error));
  app.exit(1);
});
