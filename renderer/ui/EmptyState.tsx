import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A place with nothing in it yet: what it is, the next step in words, and that step as a button. */
export function EmptyState({
  title,
  advice,
  icon,
  alert = false,
  children,
}: {
  title: string;
  advice?: string;
  icon?: ReactNode;
  /** Something went wrong here; said to screen readers at once. */
  alert?: boolean;
  children?: ReactNode;
}) {
  return (
    <Stack
      h="100%"
      align="center"
      justify="center"
      gap="md"
      p="xl"
      role={alert ? 'alert' : undefined}
      data-first
    >
      {icon}
      <Stack gap={4} align="center" maw={440}>
        <Title order={2} fz="lg" fw={600} ta="center">
          {title}
        </Title>
        {advice ? (
          <Text c="dimmed" ta="center" size="md">
            {advice}
          </Text>
        ) : null}
      </Stack>
      {children}
    </Stack>
  );
}
