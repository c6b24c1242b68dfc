import i18next from 'i18next';
import type { TemplateId, TemplateImport } from '../../../shared/model/many';
import { ask, patchbay, problemOf } from '../../bridge';
import { formatCount } from '../../i18n';
import { isolate } from '../../ui/isolate';
import { sayDone, sayProblem } from '../shell/actions';

const notice = 'templates file';

/** Asks where, writes templates there, and says what was left out of it. */
export async function exportTemplates(templateIds: TemplateId[]): Promise<void> {
  try {
    const { saved, left } = await ask(patchbay.templates.export({ templateIds }));
    if (saved === null) return;
    const said = i18next.t('templates:export.done', { path: isolate(saved) });
    const without = i18next.t('templates:export.left', { count: left, n: formatCount(left) });
    sayDone(left > 0 ? `${said} ${without}` : said);
  } catch (error) {
    sayProblem(notice, i18next.t('templates:export.failed'), problemOf(error));
  }
}

/** Asks which file and takes its templates in; null where the person chose none, or it could not be done. */
export async function importTemplates(): Promise<TemplateImport | null> {
  try {
    return await ask(patchbay.templates.import());
  } catch (error) {
    sayProblem(notice, i18next.t('templates:import.failed'), problemOf(error));
    return null;
  }
}
