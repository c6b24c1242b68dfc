/** Restricts everything this process creates from now on to its own account. Call first. */
export function createPrivately(): void {
  if (process.platform !== 'win32') process.umask(0o077);
}
