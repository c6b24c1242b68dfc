export { firstStrong, isolate, isolateIn, withoutIsolated } from './isolate';
export { directionOf, type Language, languages, localeOf } from './language';
export { isTextKey, say, type TextKey } from './say';
