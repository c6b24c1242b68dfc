import { ActionIcon, Button, Group, Popover, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A button that asks before it does something which takes away what somebody made. */
export function AskButton({
  label,
  question,
  confirm,
  onConfirm,
  icon,
  children,
  busy = false,
}: {
  /** The accessible name, and the text where no children are given. */
  label: string;
  question: string;
  confirm: string;
  onConfirm: () => void;
  /** Shows an icon alone instead of a text. */
  icon?: ReactNode;
  children?: ReactNode;
  busy?: boolean;
}) {
  const { t } = useTranslation('workorders');
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <Popover
      opened={opened}
      onChange={(open) => !open && close()}
      trapFocus
      returnFocus
      withinPortal
      width={280}
    >
      <Popover.Target>
        {icon ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={22}
            aria-label={label}
            title={label}
            loading={busy}
            onClick={toggle}
          >
            {icon}
          </ActionIcon>
        ) : (
          <Button
            size="compact-xs"
            variant="default"
            flex="none"
            aria-label={label}
            loading={busy}
            onClick={toggle}
          >
            {children ?? label}
          </Button>
        )}
      </Popover.Target>
      <Popover.Dropdown role="alertdialog" aria-label={label} p="sm">
        <Text size="sm" mb="sm">
          {question}
        </Text>
        <Group gap="sm" justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('ask.no')}
          </Button>
          <Button
            color="red"
            onClick={() => {
              close();
              onConfirm();
            }}
          >
            {confirm}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
