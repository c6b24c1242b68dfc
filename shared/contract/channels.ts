/** The IPC channel of a request. */
export function channelOf(group: string, name: string): string {
  return `patchbay:${group}.${name}`;
}

/** The IPC channel of an event. */
export function eventChannelOf(name: string): string {
  return `patchbay:on.${name}`;
}
