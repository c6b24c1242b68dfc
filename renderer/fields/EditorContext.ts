import { createContext, useContext } from 'react';
import type { Connection, ConnectionId } from '../../shared/model/connection';
import type { RecordRef } from '../program/record-query';
import type { FieldSaver } from './useFieldSaver';

/** What every control of one editor needs besides its own field. */
export interface Editor {
  readonly connection: Connection;
  readonly record: RecordRef;
  readonly saver: FieldSaver;
  /** The tab is in front. What a technician asked to see is hidden again when it is not. */
  readonly shown: boolean;
  /** Undoes one field's edit. */
  undo(field: string): void;
}

export const EditorContext = createContext<Editor | null>(null);

/** The editor that a control stands in. */
export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('a field control stands outside of an editor');
  return editor;
}

/** What a control without secrets needs: where what is typed goes, and whose lists suggest values (null for none). */
export interface ControlHost {
  readonly saver: FieldSaver;
  readonly connectionId: ConnectionId | null;
}

/** Set where controls stand in something else than an editor: a bulk edit, a template. */
export const ControlHostContext = createContext<ControlHost | null>(null);

/** What the control stands in. */
export function useControlHost(): ControlHost {
  const host = useContext(ControlHostContext);
  const editor = useContext(EditorContext);
  if (host) return host;
  if (!editor) throw new Error('a field control stands outside of a form');
  return { saver: editor.saver, connectionId: editor.record.connectionId };
}
