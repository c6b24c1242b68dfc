import type { TFunction } from 'i18next';
import type { ChainDoubt } from '../../../shared/model/chain';
import { currentLanguage } from '../../i18n';

/** What is in doubt, as a list in one sentence. */
export function doubtWords(t: TFunction<'journal'>, doubts: readonly ChainDoubt[]): string {
  const words = doubts.map((doubt) => t(`doubt.${doubt}`));
  return new Intl.ListFormat(currentLanguage(), { type: 'conjunction' }).format(words);
}
