import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConnectionId } from '../../../shared/model/connection';
import { ask, patchbay } from '../../program/bridge';
import { isolate } from '../../ui/isolate';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useAction } from '../../ui/useAction';
import classes from './ConnectionForm.module.css';

/** What of the form is kept already, so that the question before closing can say what stays. */
export interface SavedSoFar {
  readonly id: ConnectionId;
  readonly name: string;
  /** Made by this form; it can be taken away again. */
  readonly madeHere: boolean;
  /** Fields were edited since. */
  readonly edited: boolean;
  /** Labels of the credentials that are not kept. */
  readonly missing: readonly string[];
}

/** Asks before closing a form with unsaved input, and says what stays. */
export function LeaveQuestion({
  saved,
  onStay,
  onClose,
}: {
  saved: SavedSoFar | null;
  onStay: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('connections');
  const remove = useAction({
    work: (connectionId: ConnectionId) => ask(patchbay.connections.remove({ connectionId })),
    done: onClose,
  });
  const question = !saved
    ? t('leave.question')
    : saved.missing.length > 0 && !saved.edited
      ? t('leave.noCredential', { name: isolate(saved.name), parts: saved.missing.map(isolate).join(' · ') })
      : t('leave.saved', { name: isolate(saved.name) });
  return (
    <>
      {remove.problem ? <ProblemAlert problem={remove.problem} /> : null}
      <div className={classes.foot} role="alert">
        <Text size="sm" className={layout.push}>
          {question}
        </Text>
        <Button variant="default" onClick={onStay}>
          {t('leave.stay')}
        </Button>
        {saved?.madeHere ? (
          <Button variant="default" onClick={() => remove.run(saved.id)}>
            {t('leave.remove')}
          </Button>
        ) : null}
        <Button color="red" onClick={onClose}>
          {t(saved ? 'leave.close' : 'leave.discard')}
        </Button>
      </div>
    </>
  );
}
