import { create } from 'zustand';

/** What the search is for: everything, or what stands in the view in front. */
export type SearchIn = 'all' | 'view';

interface FrameState {
  readonly searching: SearchIn | null;
  readonly sheet: boolean;
  readonly sideHidden: boolean;
}

/** What of the frame is open, hidden, in use; as long as the window stands. */
export const useFrame = create<FrameState>(() => ({ searching: null, sheet: false, sideHidden: false }));

export function searchFor(what: SearchIn | null): void {
  useFrame.setState({ searching: what });
}

export function openShortcutSheet(): void {
  useFrame.setState({ sheet: true });
}

export function closeShortcutSheet(): void {
  useFrame.setState({ sheet: false });
}

export function toggleSide(): void {
  useFrame.setState(({ sideHidden }) => ({ sideHidden: !sideHidden }));
}
