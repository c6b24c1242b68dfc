import { create } from 'zustand';
import type { OfCollection } from '../../../shared/catalog';
import type { ConnectionId } from '../../../shared/model/connection';
import type { ComparedItem, Template, TemplateId } from '../../../shared/model/many';

/** Which records something is done to. */
export type TargetChoice = 'selected' | 'all' | 'numbers';

export type ManyDialog =
  | { readonly type: 'create'; readonly of: OfCollection | null }
  | { readonly type: 'save-record'; readonly record: ComparedItem }
  /** Applying a template, or comparing records with it: null where it or the connection is still to be chosen. */
  | {
      readonly type: 'use';
      readonly templateId: TemplateId | null;
      readonly connectionId: ConnectionId | null;
      readonly records: TargetChoice;
    }
  | { readonly type: 'remove'; readonly template: Template }
  | { readonly type: 'copy'; readonly record: ComparedItem };

/** The dialog of templates and of copying settings that stands open. */
export const useManyDialog = create<{ readonly dialog: ManyDialog | null }>(() => ({ dialog: null }));

export function openManyDialog(dialog: ManyDialog): void {
  useManyDialog.setState({ dialog });
}

export function closeManyDialog(): void {
  useManyDialog.setState({ dialog: null });
}

/** Asks which settings of a record to copy, and to which others. */
export function openCopySettings(record: ComparedItem): void {
  openManyDialog({ type: 'copy', record });
}

/** The template that the templates' tab shows. */
export const useShownTemplate = create<{ readonly id: TemplateId | null }>(() => ({ id: null }));

export function showTemplate(id: TemplateId): void {
  useShownTemplate.setState({ id });
}
