import { Button, Center, MantineProvider, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../shared/model/problem';
import { currentLanguage, directionOf } from '../i18n';
import { ProblemAlert } from '../ui/ProblemAlert';
import { theme } from '../ui/theme';

/** Shown in place of the window where the main process could not say what there is to show. */
export function StartProblem({ problem }: { problem: Problem }) {
  const { t } = useTranslation('shell');
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Center h="100%" p="xl" dir={directionOf(currentLanguage())}>
        <Stack maw={520} gap="md">
          <ProblemAlert problem={problem} />
          <Button onClick={() => location.reload()}>{t('broken.reload')}</Button>
        </Stack>
      </Center>
    </MantineProvider>
  );
}
