import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../shared/model/problem';
import { useProblemWords } from './problemWords';

/** A problem in words: what it is, what to do, and what the server itself said, each in its own direction. */
export function ProblemAlert({
  problem,
  about,
  colour = 'red',
  children,
  onClose,
}: {
  problem: Problem;
  /** What it is about, where the place does not say so. */
  about?: string;
  colour?: 'red' | 'yellow';
  children?: ReactNode;
  onClose?: () => void;
}) {
  const { t } = useTranslation('problem');
  const { title, advice } = useProblemWords()(problem);
  return (
    <Alert
      color={colour}
      variant="light"
      p="sm"
      icon={<IconAlertTriangle size={18} />}
      title={about ? `${about}: ${title}` : title}
      data-problem={problem.code}
      withCloseButton={onClose !== undefined}
      closeButtonLabel={t('close')}
      {...(onClose ? { onClose } : {})}
    >
      <Text size="sm">{advice}</Text>
      {problem.serverMessage ? (
        <Text size="sm" c="dimmed" mt={4}>
          {t('serverSaid')} <bdi>{problem.serverMessage}</bdi>
        </Text>
      ) : null}
      {children}
    </Alert>
  );
}
