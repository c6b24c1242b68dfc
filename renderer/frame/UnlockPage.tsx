import { Button, Center, MantineProvider, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { seal } from '../../shared/lib/envelope';
import { currentLanguage, directionOf } from '../i18n';
import { useAppInfo } from '../program/appInfo';
import { ask, listen, patchbay } from '../program/bridge';
import { PasswordInput } from '../ui/inputs';
import { ProblemAlert } from '../ui/ProblemAlert';
import { colourVariables, theme } from '../ui/theme';
import { useAction } from '../ui/useAction';

// Nothing is open here that would have to be stored.
listen('closing', () => {
  if (useAppInfo.getState().locked) void patchbay.app.readyToClose();
});

/** All that a locked window shows. Once unlocked, the main process loads the window anew. */
export function UnlockPage() {
  const { t } = useTranslation('shell');
  const { preferences, unlockPrompt, envelopeKey } = useAppInfo();
  const [typed, setTyped] = useState('');
  const unlock = useAction({
    work: async (passphrase: string | null) =>
      ask(
        patchbay.lock.unlock({
          passphrase: passphrase === null ? null : await seal(crypto, envelopeKey, passphrase),
        }),
      ),
    settled: () => setTyped(''),
  });
  // Where it went well the window is about to be loaded anew.
  const busy = unlock.busy || unlock.succeeded;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed !== '' && !busy) unlock.run(typed);
  };
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={colourVariables}
      defaultColorScheme="auto"
      {...(preferences.theme === 'system' ? {} : { forceColorScheme: preferences.theme })}
    >
      <Center h="100vh" p="xl" dir={directionOf(currentLanguage())}>
        <form onSubmit={submit}>
          <Stack w={360} gap="md" data-locked>
            <Title order={1} size="h3">
              {t('lock.title')}
            </Title>
            <Text size="sm" c="dimmed">
              {t('lock.help')}
            </Text>
            <PasswordInput
              label={t('lock.passphrase')}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              data-autofocus
              autoFocus
              autoComplete="off"
            />
            {unlock.problem ? <ProblemAlert problem={unlock.problem} /> : null}
            <Button type="submit" loading={busy} disabled={typed === ''}>
              {t('lock.unlock')}
            </Button>
            {unlockPrompt ? (
              <Button variant="default" disabled={busy} onClick={() => unlock.run(null)}>
                {t('lock.prompt')}
              </Button>
            ) : null}
          </Stack>
        </form>
      </Center>
    </MantineProvider>
  );
}
