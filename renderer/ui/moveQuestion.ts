import { create } from 'zustand';
import {
  type ConnectionId,
  connectionIdSchema,
  type Place,
  placeSchema,
} from '../../shared/model/connection';
import type { Problem } from '../../shared/model/problem';

/** The credentials of a connection that would go elsewhere; `to` null: to the place of the connection as it is saved. */
export interface MoveAsked {
  readonly connectionId: ConnectionId;
  readonly to: Place | null;
}

/** Whether a person is asked about such a move now; the dialog is the connections' own. */
export const useMoveQuestion = create<{ readonly asked: MoveAsked | null }>(() => ({ asked: null }));

/** Asks the person, or stops asking. */
export function askAboutMove(asked: MoveAsked | null): void {
  useMoveQuestion.setState({ asked });
}

/** The move that a problem tells of; null where it is another problem. */
export function moveIn({ code, params }: Problem): MoveAsked | null {
  if (code !== 'credential-elsewhere') return null;
  const id = connectionIdSchema.safeParse(params.connectionId);
  const to = placeSchema.safeParse({
    origin: params.now,
    certificate: params.nowPin || null,
    ...(params.nowProxy ? { proxy: params.nowProxy } : {}),
  });
  return id.success && to.success ? { connectionId: id.data, to: to.data } : null;
}
