import 'i18next';
import type * as en from '../../shared/words/en';

declare module 'i18next' {
  /** A key that no text has does not compile. */
  interface CustomTypeOptions {
    defaultNS: 'shell';
    resources: typeof en;
  }
}
