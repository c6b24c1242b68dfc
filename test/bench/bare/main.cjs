// The least that a program with a window can be: what starting and memory are compared with.
const { app, BrowserWindow } = require('electron');

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true } });
  window.loadFile(`${__dirname}/page.html`);
});
app.on('window-all-closed', () => app.quit());
