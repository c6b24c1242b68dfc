import { Button, Group, Modal, type ModalProps, Stack } from '@mantine/core';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { Problem } from '../../shared/model/problem';
import css from './FormDialog.module.css';
import { ProblemAlert } from './ProblemAlert';

interface DialogProps extends Omit<ModalProps, 'opened' | 'title'> {
  readonly title: string;
  /** The accessible name of the cross that closes it. */
  readonly close: string;
  /** Something is typed in it: a click beside it does not close it. */
  readonly stays?: boolean;
  readonly opened?: boolean;
}

/** The frame of every dialog. The focus returns to where it came from when it closes. */
export function Dialog({
  close,
  stays = false,
  opened = true,
  closeButtonProps,
  children,
  ...rest
}: DialogProps) {
  return (
    <Modal
      opened={opened}
      closeOnClickOutside={!stays}
      closeButtonProps={{ 'aria-label': close, ...closeButtonProps }}
      {...rest}
    >
      <FocusInside />
      {children}
    </Modal>
  );
}

/** Begins the focus on the first thing in the dialog itself: of what nobody chose, the cross would be the first. */
function FocusInside() {
  const mark = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const body = mark.current?.parentElement;
    if (!body || body.querySelector('[data-autofocus]')) return;
    const first = [...body.querySelectorAll<HTMLElement>('a[href], button, input, textarea, [tabindex="0"]')];
    first
      .find((one) => one.tabIndex >= 0 && !one.matches(':disabled, input[type="radio"]:not(:checked)'))
      ?.setAttribute('data-autofocus', 'true');
  }, []);
  return <span ref={mark} hidden />;
}

interface DialogFormProps {
  readonly children: ReactNode;
  /** What the main button does, and what became of it. */
  readonly action?: { readonly busy: boolean; readonly problem: Problem | null } | undefined;
  readonly onSubmit?: () => void;
  /** The main button's text; none where there is nothing to confirm (yet). */
  readonly confirm?: string | undefined;
  /** The other button's text; none where there is nothing to leave as it is. */
  readonly cancel?: string;
  readonly onCancel?: () => void;
  readonly cancelLocked?: boolean;
  readonly disabled?: boolean;
  /** It takes something away: the main button is red. */
  readonly takesAway?: boolean;
  /** The focus begins on the button that changes nothing. */
  readonly careful?: boolean;
  /** The buttons stay in sight while it is scrolled. */
  readonly long?: boolean;
  /** Further buttons, between the two. */
  readonly more?: ReactNode;
  /** Stands before the buttons: how far it is. */
  readonly beside?: ReactNode;
}

/** What stands in a dialog: its fields, what went wrong, and the buttons. Enter submits. */
export function DialogForm({
  children,
  action,
  onSubmit,
  confirm,
  cancel,
  onCancel,
  cancelLocked = false,
  disabled = false,
  takesAway = false,
  careful = false,
  long = false,
  more,
  beside,
}: DialogFormProps) {
  const { busy = false, problem = null } = action ?? {};
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (confirm && !disabled && !busy) onSubmit?.();
      }}
    >
      <Stack gap="md">
        {children}
        {problem ? <ProblemAlert problem={problem} /> : null}
        <Group justify="flex-end" gap="sm" {...(long ? { className: css.inSight } : {})}>
          {beside}
          {cancel ? (
            <Button
              variant="default"
              onClick={onCancel}
              disabled={cancelLocked}
              data-autofocus={careful || undefined}
            >
              {cancel}
            </Button>
          ) : null}
          {more}
          {confirm ? (
            <Button type="submit" loading={busy} disabled={disabled} {...(takesAway ? { color: 'red' } : {})}>
              {confirm}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </form>
  );
}

interface FormDialogProps extends DialogFormProps {
  readonly title: string;
  readonly onClose: () => void;
  /** The accessible name of the cross; that of the cancelling button unless given. */
  readonly close?: string;
  readonly size?: number;
  readonly stays?: boolean;
  readonly frame?: Pick<ModalProps, 'zIndex' | 'withCloseButton'>;
}

/** A dialog that asks something and has one main button. */
export function FormDialog({ title, onClose, close, size, stays, frame, ...form }: FormDialogProps) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      close={close ?? form.cancel ?? ''}
      {...(size === undefined ? {} : { size })}
      {...(stays ? { stays } : {})}
      {...frame}
    >
      <DialogForm onCancel={onClose} {...form} />
    </Dialog>
  );
}
