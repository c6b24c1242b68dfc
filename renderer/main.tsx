import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@fontsource-variable/inter';
import '@fontsource-variable/vazirmatn';
import '@fontsource-variable/jetbrains-mono';
import './base.css';
import { createRoot, type Root } from 'react-dom/client';
import { App } from './App';
import { problemOf } from './bridge';
import { followApp, loadAppInfo } from './features/shell/appInfo';
import { followClosing } from './features/shell/closing';
import { followLive } from './features/shell/live';
import { StartProblem } from './features/shell/StartProblem';
import { followRuns } from './features/workorders/runs';
import { startTranslations } from './i18n';
import { followChanges } from './queries';
import { followWorkspace } from './workspace';

/** Start-up in order: what the program is, its language, what stood open, then the window's contents. */
async function start(root: Root): Promise<void> {
  try {
    const { preferences, refused } = await loadAppInfo();
    await startTranslations(preferences.language);
    if (refused) {
      root.render(<StartProblem problem={refused} />);
      return;
    }
    followApp();
    followChanges();
    followLive();
    followRuns();
    followClosing();
    await followWorkspace();
    root.render(<App />);
  } catch (error) {
    await startTranslations(navigator.language.startsWith('fa') ? 'fa' : 'en');
    root.render(<StartProblem problem={problemOf(error)} />);
  }
}

const place = document.getElementById('root');
if (place) void start(createRoot(place));
