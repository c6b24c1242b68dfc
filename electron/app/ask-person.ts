import { type BrowserWindow, dialog } from 'electron';

/*
 * Questions of trust are asked by the system, not by the page: a script injected into the page could press a button
 * there.
 */

export interface Question {
  readonly message: string;
  readonly detail: string;
  readonly yes: string;
  readonly no: string;
}

/** Asks in the system's own dialog; the default is no. */
export async function askPerson(
  window: BrowserWindow | undefined,
  { message, detail, yes, no }: Question,
): Promise<boolean> {
  const options = {
    type: 'warning' as const,
    message,
    detail,
    buttons: [yes, no],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
  const { response } = await (window
    ? dialog.showMessageBox(window, options)
    : dialog.showMessageBox(options));
  return response === 0;
}
