/** The dialogs of the connections, whichever of them stands open. */
export function ConnectionDialogs() {
  return null;
}
