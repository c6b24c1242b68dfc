/** Escape closes this calendar, not the dialog around it: the framework asks the element that has the focus. */
export const ownEscape = { 'data-mantine-stop-propagation': true } as const;
