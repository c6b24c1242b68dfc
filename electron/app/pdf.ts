import { BrowserWindow, type Session, session } from 'electron';
import { scheme } from './protocol';

const place = `${scheme}://summary/`;

// Thousands of rows take long to lay out; a page that never finishes must not block printing forever.
const longestMs = 120_000;

let printing: Promise<unknown> = Promise.resolve();

/**
 * Renders a page in a hidden window and returns it as PDF. The window runs no script, keeps nothing and can load only
 * the page passed in. One at a time: all use the same address.
 */
export function pageToPdf(page: string): Promise<Uint8Array> {
  const next = printing.then(() => draw(page));
  printing = next.catch(() => undefined);
  return next;
}

async function draw(page: string): Promise<Uint8Array> {
  const own = closedSession();
  own.protocol.handle(
    scheme,
    () => new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } }),
  );
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: own,
      javascript: false,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  let late: NodeJS.Timeout | undefined;
  try {
    const drawn = window
      .loadURL(place)
      .then(() => window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true }));
    const tooLate = new Promise<never>((_resolve, reject) => {
      late = setTimeout(() => reject(new Error('the page was not drawn in time')), longestMs);
    });
    return await Promise.race([drawn, tooLate]);
  } finally {
    clearTimeout(late);
    window.destroy();
    own.protocol.unhandle(scheme);
  }
}

/** A session in memory that reaches nothing but the page. */
function closedSession(): Session {
  const own = session.fromPartition('summary');
  own.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  own.setPermissionCheckHandler(() => false);
  own.webRequest.onBeforeRequest((details, callback) => callback({ cancel: details.url !== place }));
  return own;
}
