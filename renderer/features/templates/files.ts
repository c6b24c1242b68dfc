import i18next from 'i18next';
import type { TemplateId, TemplateImport } from '../../../shared/model/many';
import { problemOf } from '../../../shared/model/problem';
import { formatCount } from '../../i18n';
import { sayDone, sayProblem } from '../../program/actions';
import { ask, patchbay } from '../../program/bridge';
import { isolate } from '../../ui/isolate';

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
