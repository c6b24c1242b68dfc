import type { FormDraft } from '../../../shared/model/form-draft';
import { patchbay } from '../../program/bridge';
import type { FormValues } from './formValues';

let restored: FormDraft | null = null;

/** What stood in the form before the window was started again. */
export async function loadFormDraft(): Promise<FormDraft | null> {
  const answer = await patchbay.app.formDraft();
  restored = answer.ok ? answer.value : null;
  return restored;
}

/** Takes the values of before once, where they are of this connection (null: a new one). */
export function takeFormDraft(connectionId: string | null): FormDraft['values'] | null {
  const found = restored?.connectionId === connectionId ? restored.values : null;
  restored = null;
  return found;
}

/** Keeps what stands in the form, credentials left out, for a window that crashes; null when it closes. */
export function keepFormDraft(connectionId: string | null, values: FormValues | null): void {
  void patchbay.app.keepFormDraft({ draft: values && { connectionId, values: { ...values } } });
}
