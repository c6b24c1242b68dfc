// The framework's rules first: where ours weigh the same, the later ones count.
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@fontsource-variable/inter';
import '@fontsource-variable/vazirmatn';
import '@fontsource-variable/jetbrains-mono';
import './base.css';
import { createRoot, type Root } from 'react-dom/client';
import { problemOf } from '../shared/model/problem';
import { App } from './App';
import { reopenForm } from './features/connections';
import { followRuns } from './features/workorders';
import { StartProblem } from './frame/StartProblem';
import { UnlockPage } from './frame/UnlockPage';
import { startTranslations } from './i18n';
import { followApp, loadAppInfo } from './program/appInfo';
import { followClosing } from './program/closing';
import { followJobs } from './program/jobs';
import { followLive } from './program/live';
import { followChanges } from './program/queries';
import { followWorkspace } from './program/workspace';

/** Start-up in order: what the program is, its language, what stood open, then the window's contents. */
async function start(root: Root): Promise<void> {
  try {
    const { preferences, refused, locked } = await loadAppInfo();
    await startTranslations(preferences.language);
    if (refused) {
      root.render(<StartProblem problem={refused} />);
      return;
    }
    if (locked) {
      root.render(<UnlockPage />);
      return;
    }
    followApp();
    followChanges();
    followJobs();
    followLive();
    followRuns();
    followClosing();
    await followWorkspace();
    await reopenForm();
    root.render(<App />);
  } catch (error) {
    await startTranslations(navigator.language.startsWith('fa') ? 'fa' : 'en');
    root.render(<StartProblem problem={problemOf(error)} />);
  }
}

const place = document.getElementById('root');
if (place) void start(createRoot(place));
