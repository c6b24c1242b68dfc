import type { ReactNode } from 'react';

/** Isolates a number, an address or a token left to right inside text of either direction. */
export function Ltr({ children }: { children: ReactNode }) {
  return (
    <bdi dir="ltr" style={{ unicodeBidi: 'isolate' }}>
      {children}
    </bdi>
  );
}
