import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import i18next from 'i18next';
import { useEffect } from 'react';
import { ErrorBoundary } from './frame/ErrorBoundary';
import { Shell } from './frame/Shell';
import { directionOf } from './i18n';
import { useAppInfo } from './program/appInfo';
import { queryClient } from './program/queries';
import { colourVariables, forgetfulColourManager, theme } from './ui/theme';

/** The window: theme, direction, data, and the shell inside them. */
export function App() {
  const { language, theme: scheme } = useAppInfo((state) => state.preferences);
  return (
    <DirectionProvider initialDirection={directionOf(language)} detectDirection={false}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={colourVariables}
        colorSchemeManager={forgetfulColourManager}
        defaultColorScheme="auto"
        {...(scheme === 'system' ? {} : { forceColorScheme: scheme })}
      >
        <FollowPreferences />
        <QueryClientProvider client={queryClient}>
          <ErrorBoundary whole>
            <Shell />
          </ErrorBoundary>
        </QueryClientProvider>
        {/* Over the side list: at the other end stand the buttons that write. */}
        <Notifications
          position={language === 'fa' ? 'bottom-right' : 'bottom-left'}
          limit={3}
          containerWidth={340}
          zIndex={150}
        />
      </MantineProvider>
    </DirectionProvider>
  );
}

/** Switches language, direction and density live with the preferences. */
function FollowPreferences() {
  const { language, density } = useAppInfo((state) => state.preferences);
  const { setDirection } = useDirection();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `setDirection` is new at every render
  useEffect(() => {
    const direction = directionOf(language);
    document.documentElement.lang = language;
    document.documentElement.dir = direction;
    document
      .getElementById('layers')
      ?.setAttribute('aria-label', i18next.t('shell:layers', { lng: language }));
    setDirection(direction);
    void i18next.changeLanguage(language);
  }, [language]);
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
  return null;
}
