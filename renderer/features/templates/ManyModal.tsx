import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../bridge';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { closeManyDialog } from './dialogs';
import css from './templates.module.css';

/** The frame of these dialogs: a form, its one button, and what went wrong with it. */
export function ManyModal({
  title,
  confirm,
  disabled = false,
  work,
  onSubmit,
  wide = false,
  colour,
  onClose = closeManyDialog,
  children,
}: {
  title: string;
  confirm: string;
  disabled?: boolean;
  /** The piece of work that the button starts. */
  work: { readonly isPending: boolean; readonly error: unknown };
  onSubmit: () => void;
  wide?: boolean;
  colour?: string;
  onClose?: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation('templates');
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      size={wide ? 640 : 440}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!disabled && !work.isPending) onSubmit();
        }}
      >
        <Stack gap="md">
          {children}
          {work.error ? <ProblemAlert problem={problemOf(work.error)} /> : null}
          <Group justify="flex-end" gap="sm" className={css.footer}>
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button
              type="submit"
              loading={work.isPending}
              disabled={disabled}
              {...(colour ? { color: colour } : {})}
            >
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
