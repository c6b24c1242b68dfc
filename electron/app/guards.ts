import { app, type IpcMainInvokeEvent, session, type WebContents } from 'electron';
import { origin } from './protocol';
import { shipped } from './shipped';

/** The development server's origin while developing; it is never honoured in what ships. */
export function developmentUrl(): string | null {
  return shipped ? null : (process.env.ELECTRON_RENDERER_URL ?? null);
}

function isOurUrl(url: string): boolean {
  const development = developmentUrl();
  try {
    const parsed = new URL(url);
    if (`${parsed.protocol}//${parsed.host}` === origin) return true;
    return development !== null && parsed.origin === new URL(development).origin;
  } catch {
    return false;
  }
}

/** Whether a message comes from the program's own page in the main frame of the window given. */
export function isOurs(event: IpcMainInvokeEvent, window: WebContents | undefined): boolean {
  const frame = event.senderFrame;
  return (
    window !== undefined &&
    event.sender === window &&
    frame !== null &&
    frame === window.mainFrame &&
    isOurUrl(frame.url)
  );
}

/** Denies everything that the program has no use for: permissions, new windows, navigation, attached views. */
export function denyTheRest(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
  if (!developmentUrl()) {
    // The page's policy already forbids requests; this holds even if a policy were missing.
    session.defaultSession.webRequest.onBeforeRequest((details, callback) => {
      callback({ cancel: !/^(app|data|devtools|blob):/.test(details.url) });
    });
  }
}
